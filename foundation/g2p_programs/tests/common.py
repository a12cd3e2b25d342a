from odoo.tests import TransactionCase


class ProgramCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.households = cls._create_registrants(
            ["Otieno household", "Familia Ñañez", "عائلة منصور"], is_group=True
        )
        cls.people = cls._create_registrants(["Amara Otieno", "ภูผา ใจดี"], is_group=False)
        cls.for_groups = cls._create_program("Winter Fuel", target_type="group")
        cls.for_people = cls._create_program("Old-Age Grant", target_type="individual")

    @classmethod
    def _create_registrants(cls, names, is_group, **vals):
        return cls.env["res.partner"].create(
            [{"name": name, "is_registrant": True, "is_group": is_group, **vals} for name in names]
        )

    @classmethod
    def _create_program(cls, name, **vals):
        return cls.env["g2p.program"].create({"name": name, **vals})
