from unittest.mock import patch

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.fields import Command
from odoo.tests import tagged

from ..flow.batch import Batch
from ..flow.standing import Standing
from ..mixins.import_counts import ALL_COUNTS
from .common import INDIVIDUALS, ImporterCase
from .people import NATIONAL, identifier, person
from .worlds import VOTER, crowds

#: As many as fit into some seconds.
EXAMPLES = 8


def crowd(number):
    """People with national IDs ``N-<n>``."""
    return [person(f"p{n}", f"OTIENO, AMARA {n}", f"N-{n}") for n in range(number)]


@tagged("post_install", "-at_install")
class TestStanding(ImporterCase):
    """People who are at the source and here as they were take the short way, and it ends alike."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.voter = cls.env["g2p.id.type"].create({"name": VOTER})
        cls.importer.write({"target_registry": "individual", "query": INDIVIDUALS})

    def _long_way(self, act):
        """Places of the records that took the long way while this was done."""
        places = []
        run = Batch.run

        def noted(batch):
            places.extend(entry.index for entry in batch._entries)
            return run(batch)

        with patch.object(Batch, "run", noted):
            act()
        return sorted(places)

    def _link(self, value):
        links = self.importer.imported_registrant_ids
        return links.filtered(lambda link: link.registrant_id == self.holder(value))

    def test_who_is_as_before_takes_the_short_way(self):
        self.import_records(*crowd(3), person("q", "NOBODY", None))
        self.assertEqual(self._long_way(self.run_import), [3])
        change = {"key": "p1", "address": "Plot 9"}
        self.assertEqual(self._long_way(lambda: self.change_and_import(change)), [1, 3])
        self.assertEqual(self.holder("N-1").address, "Plot 9")

    def test_it_is_noted_that_they_were_seen(self):
        self.import_records(*crowd(3))
        self.import_records(*crowd(2))
        self.assertTrue(self._link("N-2").not_seen_since)
        run = self.import_records(person("q", "ZUBERI", "N-9"), *crowd(3))
        self.assertOutcome(run, created=1, unchanged=3)
        for n in range(3):
            link = self._link(f"N-{n}")
            self.assertEqual((link.last_run_id, link.last_position), (run, n + 1))
            self.assertFalse(link.not_seen_since)

    def test_who_has_no_membership_yet_gets_one(self):
        self.import_records(*crowd(2))
        program = self.env["g2p.program"].create(
            {"name": "Test Winter Fuel", "target_type": "individual"}
        )
        self.importer.target_program = program
        self.assertOutcome(self.run_import(), unchanged=2)
        members = self.env["g2p.program_membership"].search([("program_id", "=", program.id)])
        self.assertEqual(members.partner_id, self.holder("N-0") | self.holder("N-1"))

    def test_an_identifier_that_somebody_else_has_here_now_is_a_matter_for_the_long_way(self):
        self.import_records(*crowd(2))
        self.holder("N-1").reg_ids.unlink()
        self.holder("N-0").reg_ids.write({"value": "N-1"})
        self.env.flush_all()
        self.assertEqual(self._long_way(self.run_import), [0, 1])

    def test_a_second_record_of_the_same_registrant_is_refused_with_the_first(self):
        self.import_records(*crowd(2))
        vals = {"id_type": self.voter.id, "value": "V-0"}
        self.holder("N-0").reg_ids = [Command.create(vals)]
        other = person("q", "ZUBERI", reg_ids=[identifier(VOTER, "V-0")])
        run = self.import_records(*crowd(2), other)
        self.assertOutcome(run, "incomplete", unchanged=1, conflict=2)
        self.assertCodes(run, "several_records", "several_records")

    def test_a_registrant_of_another_company_is_no_more_written_than_before(self):
        self.import_records(*crowd(2))
        self.holder("N-1").company_id = self.env["res.company"].create({"name": "Test Other"})
        run = self.run_import()
        self.assertOutcome(run, "incomplete", unchanged=1, conflict=1)
        self.assertCodes(run, "other_company")

    def test_nobody_can_decide_that_another_record_is_somebody_who_is_settled(self):
        self.import_records(*crowd(3))
        voters = [
            {"partner_id": self.holder(f"N-{n}").id, "id_type": self.voter.id, "value": f"V-{n}"}
            for n in (1, 2)
        ]
        self.env["g2p.reg.id"].create(voters)
        ids = [identifier(NATIONAL, "N-1"), identifier(VOTER, "V-2")]
        crossed = person("p1", "ZUBERI", reg_ids=ids)
        one, _two, _three = crowd(3)
        issue = self.import_records(one, crossed).issue_ids
        self.assertEqual(issue.code, "several_registrants")
        issue.with_user(self.operator)._resolve("registrant", self.holder("N-0"))
        run = self.import_records(one, crossed)
        self.assertOutcome(run, "incomplete", unchanged=1, conflict=1)
        self.assertCodes(run, "sent_twice")
        self.assertTrue(run.issue_ids.can_be_resolved)
        self.assertEqual(self.holder("N-0").name, one["name"])

    def test_a_thousand_take_as_many_statements_as_ten(self):
        self.import_records(*crowd(50))
        few, many = (self._statements_of_a_page(crowd(n)) for n in (5, 50))
        self.assertEqual(few, many)

    def _statements_of_a_page(self, records):
        self.social_registry.put_registrants(records)
        run = self.start()
        self.queue.perform(self.queue.waiting)
        page = run.page_ids.with_user(self.operator)
        with self.statements() as statements:
            page._import()
        self.queue.work_off()
        return len(statements)

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.differing_executors],
    )
    @given(one=crowds(), other=crowds(), without_id=st.booleans())
    def test_whatever_comes_ends_as_if_everybody_took_the_long_way(self, one, other, without_id):
        self.importer.import_registrant_without_id = without_id
        nobody = patch.object(Standing, "settle", lambda _standing, entries: ([], list(entries)))
        with nobody:
            long = self._ends(one, other)
        self.assertEqual(self._ends(one, other), long)

    def _ends(self, one, other):
        """What each of some runs came to, and how everybody is here after it."""
        savepoint = self.env.cr.savepoint()
        try:
            mixed = [*one, *({**record, "key": f"o{record['key']}"} for record in other[:2])]
            return [self._end(crowd) for crowd in (one, one, mixed, other, other, mixed)]
        finally:
            savepoint.close(rollback=True)
            self.env.invalidate_all()

    def _end(self, records):
        run = self.import_records(*records)
        counts = [run[name] for name in ALL_COUNTS]
        issues = [
            (issue.record_number, issue.code, issue.outcome, issue.can_be_resolved)
            for issue in run.issue_ids.sorted(lambda i: (i.record_number, i.code))
        ]
        links = self.importer.imported_registrant_ids
        people = sorted((self._registrant(link, run) for link in links), key=repr)
        return run.state, counts, issues, people

    def _registrant(self, link, run):
        one = link.registrant_id
        return (
            one.name,
            one.address,
            sorted((row.id_type.name, row.value, row.status) for row in one.reg_ids),
            link.last_run_id == run,
            link.last_position,
            bool(link.not_seen_since),
            link.fingerprint,
            link.natural_key,
        )
