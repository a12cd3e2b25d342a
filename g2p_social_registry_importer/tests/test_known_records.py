from unittest.mock import patch

from hypothesis import HealthCheck, given, settings

from odoo.tests import tagged

from ..meaning.reading import RecordReader
from ..mixins.import_counts import ALL_COUNTS
from .common import ImporterCase
from .people import families, household, identifier, person
from .worlds import SPOUSE, VOTER, worlds

LINK = "g2p.social.registry.imported.registrants"
#: As many as fit into some seconds.
EXAMPLES = 6


@tagged("post_install", "-at_install")
class TestKnownRecords(ImporterCase):
    """What says the same as last time is not read again, and that changes nothing else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["g2p.id.type"].create({"name": VOTER})
        cls.env["g2p.group.membership.kind"].create({"name": SPOUSE})

    def _read_in(self, act):
        """The records that were read while this was done."""
        seen = []
        read = RecordReader.read

        def noted(reader, raw, *, is_group):
            seen.append(raw["name"])
            return read(reader, raw, is_group=is_group)

        with patch.object(RecordReader, "read", noted):
            act()
        return seen

    def _forget(self):
        """Have everything read at length next time."""
        self.env[LINK].search([]).sudo().source_digest = False
        self.env.flush_all()

    def test_what_did_not_change_is_not_read(self):
        self.import_records(*families(3, size=2))
        self.assertEqual(self._read_in(self.run_import), [])

    def test_what_changed_is_read_with_its_members(self):
        self.import_records(*families(3, size=2))
        seen = self._read_in(lambda: self.change_and_import({"key": "h1", "address": "Plot 9"}))
        names = ["Household 1", "OTIENO, AMARA 1 0", "OTIENO, AMARA 1 1"]
        self.assertEqual(sorted(seen), names)
        self.assertEqual(self.holder("C-1").address, "Plot 9")

    def test_what_was_written_in_another_way_is_read_once(self):
        ids = [identifier("Test National ID", "N-1"), identifier("Other", "7")]
        self.importer.create_missing_id_types = True
        p, h = person("p", "A", reg_ids=ids), household("h", "H", "C", ["p"])
        self.import_records(p, h)
        turned = {"key": "p", "reg_ids": ids[::-1]}
        seen = self._read_in(
            lambda: self.assertOutcome(self.change_and_import(turned), unchanged=1)
        )
        self.assertTrue(seen)
        self.assertEqual(self._read_in(self.run_import), [])

    def test_other_rules_have_everything_read_again(self):
        self.import_records(
            person("p", "A", "N"), household("h", "H", "C", ["p"], address="Plot 9")
        )
        mapping = {"key": "address", "value": "occupation"}
        self.data_source.data_source_field_mapping_ids = [(0, 0, mapping)]
        self.assertOutcome(self.run_import(), updated=1)
        self.assertEqual(self.holder("C").occupation, "Plot 9")

    def test_what_had_to_be_left_out_is_told_again(self):
        records = (
            person("p", "A", reg_ids=[identifier("Unheard of", "1")]),
            household("h", "H", "C", [("p", "Unheard of")]),
        )
        codes = [
            run.issue_ids.mapped("code")
            for run in (self.import_records(*records), self.run_import())
        ]
        self.assertTrue(codes[0])
        self.assertEqual(codes[1], codes[0])

    def test_an_identifier_that_was_given_to_somebody_else_here_shows(self):
        self.import_records(*families(2, size=1))
        mine, other = self.holder("N-0-0"), self.holder("N-1-0")
        other.reg_ids.unlink()
        mine.reg_ids.partner_id = other
        self.env.flush_all()
        run = self.change_and_import({"key": "h0", "address": "Plot 9"})
        self.assertEqual(run.issue_ids.mapped("code"), ["several_households"])
        self.assertIn(other, self.rows(self.holder("C-0")).individual)

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.differing_executors],
    )
    @given(one=worlds(), other=worlds())
    def test_whatever_is_known_comes_out_as_if_it_was_read(self, one, other):
        self.assertEqual(self._ends(one, other, forget=False), self._ends(one, other, forget=True))

    def _ends(self, one, other, *, forget):
        """What each of some runs came to, and how everybody is here after it.

        :param forget: read all records of all runs
        """
        savepoint = self.env.cr.savepoint()
        try:
            mixed = [*one[:-1], other[-1]] if one[-1]["key"] == other[-1]["key"] else one
            return [self._end(world, forget) for world in (one, one, mixed, other, other, one)]
        finally:
            savepoint.close(rollback=True)
            self.env.invalidate_all()

    def _end(self, world, forget):
        if forget:
            self._forget()
        run = self.import_records(*world)
        counts = [run[name] for name in ALL_COUNTS]
        everybody = self.env["res.partner"].search([("data_source_id", "=", self.data_source.id)])
        people = sorted((self._registrant(one) for one in everybody), key=repr)
        return run.state, counts, run.issue_ids.sorted("id").mapped("code"), people

    def _registrant(self, registrant):
        return (
            registrant.name,
            registrant.birthdate,
            registrant.address,
            sorted((row.id_type.name, row.value, row.status) for row in registrant.reg_ids),
            sorted((row.phone_no, bool(row.disabled)) for row in registrant.phone_number_ids),
            sorted(
                (row.individual.name, row.kind.mapped("name"), row.is_ended)
                for row in registrant.group_membership_ids
            ),
        )
