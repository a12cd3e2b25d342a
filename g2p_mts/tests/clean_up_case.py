"""What tests of clean-ups share: people with VIDs and tokens, officers, and the schedule."""

from datetime import timedelta

from odoo import fields
from odoo.tests import new_test_user

from ..flow import vid_brake
from ..flow.vid_rule import read_rule
from .vid_case import VidCase

OFFICER = "g2p_mts.group_mts_officer"


class CleanUpCase(VidCase):
    """``due`` makes people whose VID is to go; nobody holds one but who a test makes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person.reg_ids.unlink()
        cls.officer = new_test_user(cls.env, "test_vid_officer", groups=OFFICER)
        cls.second = new_test_user(cls.env, "test_vid_second", groups=OFFICER)
        cls.receipts = cls.env["g2p.mts.vid.deletion"]
        cls.schedule = cls.env.ref("g2p_mts.to_delete_g2p_reg_id_vid")
        cls.worker = cls.env.ref("g2p_mts.cron_vid_clean_up")
        connector = cls.env["mts.connector"].create(
            {"name": "Tokens", "mts_url": "https://mts.example.test/"}
        )
        cls.request = cls.env["g2p.mts.request"].create({"connector_id": connector.id})
        # The brake has tests of its own.
        rule = {"brake_percent": "100", "brake_rows": "10000", "after_days": "0"}
        cls.set_rule(**rule, own_nonce="True", search_domain=False, more_id_types=False)

    @classmethod
    def set_rule(cls, **values):
        """Change parameters of the rule, named without their beginning; its limits count."""
        for name, value in values.items():
            cls.env["ir.config_parameter"].set_param(f"g2p_mts.vid_delete_{name}", value)
        vid_brake.confirm(cls.env, read_rule(cls.env), vid_brake.LIMITS)

    @classmethod
    def due(cls, number=1, **values):
        """So many people whose token came for their own nonce, an hour ago."""
        people = cls.env["res.partner"].create(
            [{"name": f"PERSON {n}", "is_registrant": True, **values} for n in range(1, number + 1)]
        )
        for person in people:
            cls.give_vid(person)
            cls.receive(person, cls.give_token(person))
        return people

    @classmethod
    def give_vid(cls, person, **values):
        """A VID that nobody else has; 16 digits."""
        values = {"value": f"58130762{person.id:08}", "id_type": cls.vid_type.id, **values}
        return cls.env["g2p.reg.id"].create({"partner_id": person.id, **values})

    @classmethod
    def give_token(cls, person, **values):
        """A token, however it came."""
        values = {"value": f"token-{person.id}", "id_type": cls.token_type.id, **values}
        return cls.env["g2p.reg.id"].create({"partner_id": person.id, "status": "valid", **values})

    @classmethod
    def receive(cls, person, token, **values):
        """The line that says the token is the answer to the nonce of this person."""
        values = {
            "state": "answered",
            "token_id": token.id,
            "closed_at": fields.Datetime.now() - timedelta(hours=1),
            "company_id": person.company_id.id,
            **values,
        }
        return cls.env["g2p.mts.request.line"].create(
            {"request_id": cls.request.id, "partner_id": person.id, **values}
        )

    def vids(self, people):
        """The VIDs these people still hold."""
        self.env.invalidate_all()
        return people.reg_ids.filtered(lambda row: row.id_type == self.vid_type).mapped("value")

    def clean_up(self):
        """Have the schedule do its work; the receipt, or nothing."""
        return self._trigger(self.schedule)

    def work(self):
        """Have a server do what waits for one; the newest receipt."""
        return self._trigger(self.worker)

    def _trigger(self, cron):
        before = self.receipts.search([])
        with self.enter_registry_test_mode():
            self.assertTrue(cron.method_direct_trigger() is True, "The scheduled action failed.")
        if cron == self.worker:
            return self.receipts.search([], limit=1)
        return self.receipts.search([]) - before

    def page(self, user=None, **values):
        """The officer's page, with these values on it."""
        pages = self.env["g2p.mts.vid.rule"].with_user(user or self.officer)
        return pages.create(values)

    def start(self, user=None, *, is_practice=False):
        """Press "Run Now" or "Practise"; the receipt, or nothing."""
        page = self.page(user)
        action = page.action_practise() if is_practice else page.action_run()
        return self.receipts.browse(action.get("res_id"))
