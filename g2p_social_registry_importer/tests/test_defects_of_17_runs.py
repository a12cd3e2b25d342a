"""What was wrong with runs and jobs in 17.0, by its number in the list of known defects."""

from odoo.tests import tagged

from .common import ImporterCase
from .people import families


@tagged("post_install", "-at_install")
class TestDefectsOf17Runs(ImporterCase):
    # -- getting everything ------------------------------------------------------------------------

    def test_b03_the_cursor_waits_for_the_jobs(self):
        self.social_registry.put_registrants(families(2))
        run = self.start()
        while run.state != "done":
            self.assertFalse(self.importer.last_sync_date)
            self.queue.perform(self.queue.waiting[0])
        self.assertEqual(self.importer.last_sync_date, run.cursor_after)

    def test_b04_what_is_behind_the_first_page_comes_in_too(self):
        self.importer.page_size = 2
        self.assertOutcome(self.import_records(*families(7, size=1)), created=7)

    def test_b08_a_total_that_is_zero_or_missing_hides_nobody(self):
        self.social_registry.put_registrants(families(3, size=1))
        self.social_registry.set_dials(wrong_total=0)
        query = "getRegistrants { name regIds { idTypeAsStr value } }"
        self.importer.query = f"{{ totalRegistrantCount {query} }}"
        self.assertOutcome(self.run_import(), created=3)
        self.importer.query = f"{{ {query} }}"
        self.assertOutcome(self.run_import(), unchanged=3)

    # -- one bad record ----------------------------------------------------------------------------

    # -- enrolling ---------------------------------------------------------------------------------

    def _program(self, **vals):
        return self.env["g2p.program"].create({"name": "Test Winter Fuel", **vals})

    def test_b22_nobody_is_enrolled_in_a_programme_that_is_closed(self):
        program = self.importer.target_program = self._program()
        program.end_program()
        with self.assertRefused("has ended"):
            self.start()
        program.reactivate_program()
        self.social_registry.put_registrants(families(1))
        run = self.start()
        program.write({"locked": True, "locked_reason": "Being counted."})
        self.queue.work_off()
        self.assertCodes(run, "enrolment_refused")
        self.assertFalse(program.program_membership_ids)

    # -- settings and the button -------------------------------------------------------------------

    def test_b23_an_import_works_without_any_system_parameter(self):
        key = "g2p_import_social_registry."
        self.env["ir.config_parameter"].search([("key", "=like", f"{key}%")]).unlink()
        self.importer.page_size = 2
        self.assertOutcome(self.import_records(*families(5, size=1)), created=5)

    def test_b25_slashes_between_url_and_path_do_not_matter(self):
        search = self.social_registry.search_url.removeprefix(self.social_registry.base_url)
        path = self.data_source.data_source_path_ids.filtered(lambda p: p.key != "Authentication")
        self.social_registry.put_registrants(families(1))
        base = self.social_registry.base_url.rstrip("/")
        for url, value in ((f"{base}/", search), (base, search), (f"{base}/", search.lstrip("/"))):
            self.data_source.url, path.value = url, value
            self.assertEqual(self.run_import().state, "done", (url, value))

    def test_b26_several_imports_at_once_are_all_started(self):
        self.social_registry.put_registrants(families(2))
        both = self.importer | self._create_importer(name="Other import")
        action = both.with_user(self.operator).fetch_social_registry_beneficiary()
        runs = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(runs.fetch_social_registry_id, both)
        self.queue.work_off()
        self.assertEqual(runs.mapped("state"), ["done", "done"])

    def test_b26_the_button_waits_for_no_network(self):
        self.start()
        self.assertFalse(self.social_registry.log())
        self.assertEqual(self.social_registry.token_calls(), 0)
