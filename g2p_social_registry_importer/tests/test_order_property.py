from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import tagged

from .common import ImporterCase
from .people import CARD
from .worlds import SPOUSE, VOTER, worlds

#: As many as fit into a minute.
EXAMPLES = 40


@tagged("post_install", "-at_install")
class TestOrderProperty(ImporterCase):
    """Whatever was imported in between: what the source says last is what is here."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["g2p.id.type"].create({"name": VOTER})
        cls.env["g2p.group.membership.kind"].create({"name": SPOUSE})
        # A null has to mean something: by default it leaves alone what came before it.
        cls.data_source.data_source_field_mapping_ids = [
            (0, 0, {"key": name, "value": name, "clear_on_null": True})
            for name in ("address", "birthdate")
        ]

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.differing_executors],
    )
    @given(one=worlds(), other=worlds(), page_size=st.sampled_from([200, 1]))
    def test_going_back_and_forth_ends_where_going_once_ends(self, one, other, page_size):
        self.importer.page_size = page_size
        savepoint = self.env.cr.savepoint()
        try:
            first = self._import(one)
            self._import(other)
            self.assertEqual(self._import(one), first)
        finally:
            savepoint.close(rollback=True)
            self.env.invalidate_all()

    def _import(self, world):
        """What is here after an import of this world: how the run ended, and its households."""
        run = self.import_records(*world)
        cards = [
            row["value"] for record in world for row in record["reg_ids"] if row["id_type"] == CARD
        ]
        households = {card: self._household(self.holder(card)) for card in cards}
        return run.state, run.issue_ids.sorted("id").mapped("code"), households

    def _household(self, household):
        current = self.rows(household).filtered(lambda row: not row.is_ended)
        members = [(self._registrant(row.individual), row.kind.mapped("name")) for row in current]
        return self._registrant(household), sorted(members, key=repr)

    def _registrant(self, registrant):
        """All that came from the source, without what is history."""
        ids = registrant.reg_ids.filtered(lambda row: row.status == "valid")
        phones = registrant.phone_number_ids.filtered(lambda row: not row.disabled)
        return (
            registrant.name,
            registrant.birthdate,
            registrant.address,
            sorted((row.id_type.name, row.value, str(row.expiry_date)) for row in ids),
            sorted(phones.mapped("phone_no")),
        )
