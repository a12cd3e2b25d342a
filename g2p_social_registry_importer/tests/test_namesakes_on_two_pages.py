from odoo.tests import tagged

from .common import INDIVIDUALS, ImporterCase
from .people import identifier, person

BORN = "1990-05-01"
RATIONS = "Test Ration Book"


@tagged("post_install", "-at_install")
class TestNamesakesOnTwoPages(ImporterCase):
    """Of two records without ID that say one name and birth date, two workers create one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.importer.write(
            {
                "target_registry": "individual",
                "query": INDIVIDUALS,
                "page_size": 2,
                "import_registrant_without_id": True,
            }
        )

    def _fetch(self, *records):
        """Have these at the source and fetch all; returns the run, and its pages by number."""
        self.social_registry.put_registrants(list(records))
        run = self.start()
        while fetching := self.queue.waiting.filtered(lambda job: job.method_name == "_fetch"):
            self.queue.perform(fetching[0])
        return run, {page.number: page for page in run.page_ids}

    def _import(self, page):
        """Perform the job that imports this page, whichever comes next."""
        jobs = self.queue.waiting
        self.queue.perform(
            jobs.filtered(lambda j: j.method_name == "_import" and j.records == page)
        )

    def _two_namesakes(self, names=("OTIENO, AMARA", "Otieno,  Amara"), **fields):
        """On the second place of the first page, and on the first one of the second."""
        twin = {"birthdate": BORN, **fields}
        first, second = names
        return (
            person("p1", "MWANGI, JUMA", "N-1"),
            person("p2", first, **twin, address="Mto Street 11"),
            person("p3", second, **twin, address="Kilima Road 4"),
            person("p4", "MWANGI, NEEMA"),
        )

    def assertWaits(self, page, place):
        self.assertEqual((page.state, page.created_count), ("fetched", 1))
        self.assertEqual(page.sudo().retry_only, [place])

    def test_the_second_one_waits_until_the_page_in_front_is_in(self):
        run, pages = self._fetch(*self._two_namesakes())
        self._import(pages[2])
        self.assertWaits(pages[2], 0)
        self.queue.work_off()
        self.assertOutcome(run, "incomplete", created=3, conflict=1)
        self.assertCodes(run, "twice_without_identifier")
        self.assertEqual(run.issue_ids.record_number, 3)

    def test_so_does_one_with_ids_of_types_that_nobody_knows_here(self):
        run, pages = self._fetch(*self._two_namesakes(reg_ids=[identifier(RATIONS, "R-1")]))
        pages[2].sudo().payload = pages[2].sudo().payload.replace("R-1", "R-2")
        self._import(pages[2])
        self.assertWaits(pages[2], 0)

    def test_who_has_an_id_is_nobodys_namesake(self):
        twin = {"name": "OTIENO, AMARA", "birthdate": BORN}
        run, pages = self._fetch(
            person("p1", "MWANGI, JUMA", "N-1"),
            person("p2", national="N-2", **twin),
            person("p3", national="N-3", **twin),
            person("p4", "MWANGI, NEEMA", "N-4"),
        )
        self._import(pages[2])
        self.assertEqual((pages[2].state, pages[2].created_count), ("imported", 2))
        self.queue.work_off()
        self.assertOutcome(run, created=4)

    def test_a_name_that_cannot_be_read_waits_for_nobody(self):
        run, pages = self._fetch(*self._two_namesakes(names=("  ", "  ")))
        self._import(pages[2])
        self.assertEqual((pages[2].state, pages[2].failed_count), ("imported", 1))

    def test_who_was_here_before_waits_for_nobody(self):
        """What the database has a row of, it lets nobody write twice."""
        records = self._two_namesakes()
        self._fetch(*records)
        self.queue.work_off()
        _run, pages = self._fetch(records[0], records[3], records[1])
        self._import(pages[2])
        self.assertEqual((pages[2].state, pages[2].unchanged_count), ("imported", 1))

    def test_without_the_option_nobody_waits_for_a_name(self):
        self.importer.import_registrant_without_id = False
        _run, pages = self._fetch(*self._two_namesakes())
        self._import(pages[2])
        self.assertEqual((pages[2].state, pages[2].skipped_count), ("imported", 2))
