from odoo.fields import Command

from odoo.addons.g2p_registry_base.tests.common import RegistryCase


class MembershipCase(RegistryCase):
    """A household, some persons who are not yet in it, and the roles."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.memberships = cls.env["g2p.group.membership"]
        cls.head = cls.env.ref("g2p_registry_membership.group_membership_kind_head")
        cls.carer = cls.env["g2p.group.membership.kind"].create({"name": "Test Carer"})
        [cls.household] = cls._registrants(1, is_group=True)
        cls.one, cls.two, cls.three = cls._registrants(3)

    @classmethod
    def _join(cls, people, kinds=None, group=None, **vals):
        """Make ``people`` members of ``group``, each in the roles ``kinds``."""
        return cls.memberships.create(
            [
                {
                    "group": (group or cls.household).id,
                    "individual": person.id,
                    "kind": [Command.set(kinds.ids)] if kinds else False,
                    **vals,
                }
                for person in people
            ]
        )
