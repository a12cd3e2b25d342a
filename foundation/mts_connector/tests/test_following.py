from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import WorkCase, submission


@tagged("post_install", "-at_install")
class TestFollowing(WorkCase):
    """A request is followed until its results are there, whatever the MTS does meanwhile."""

    def perform_round(self):
        self.start()
        self.queue.perform(self.queue.waiting)

    def look(self):
        """Perform the job that is waiting; tell the seconds until the next."""
        self.queue.perform(self.queue.waiting[0])

    def test_the_identifier_is_kept(self):
        self.run_round()
        (held,) = self.seeder.requests()
        self.assertEqual(self.connector.request_identifier, held["identifier"])
        self.assertEqual(self.connector.file_ids.name, f"{held['identifier']}.json")

    def test_a_connector_is_running_until_the_results_are_there(self):
        self.seeder.set_settings(pace=0.2)
        self.perform_round()
        self.look()
        self.assertRecordValues(self.connector, [{"job_status": "running", "trouble": False}])
        self.seeder.set_settings(pace=0)
        self.queue.work_off()
        self.assertEqual(self.connector.job_status, "completed")
        self.assertEqual(self.pulled(), [["vid-1", "vid-2"]])

    def test_a_file_that_is_late_empty_or_cut_is_read_again(self):
        for output in ("json", "csv"):
            self.connector.output_type = output
            self.seeder.set_dials(file_late=0.1)
            self.run_round()
            self.assertEqual(self.connector.job_status, "completed")
            content = self.connector.file_ids.sorted("id")[-1].raw.decode()
            self.assertIn(self.seeder.token_of("vid-2"), content)

    def test_a_csv_file_is_kept_as_it_comes(self):
        self.connector.output_type = "csv"
        self.run_round()
        lines = self.connector.file_ids.raw.decode().splitlines()
        self.assertEqual(lines[0], "vid,status,token,errorCode,errorMessage")
        self.assertEqual(len(lines), 3)

    def test_errors_of_single_people_are_told_with_their_place(self):
        self.seeder.put_submissions([submission(1), submission(2, gender="")])
        self.run_round()
        self.assertEqual(self.connector.job_status, "completed")
        self.assertIn("the results say for whom and why", self.connector.trouble)

    def test_nobody_usable_is_told_though_the_mts_answers_200(self):
        self.seeder.put_submissions([submission(1, gender="")])
        self.run_round()
        self.assertEqual(self.connector.job_status, "completed")
        self.assertIn("the results say for whom and why", self.connector.trouble)

    def test_a_request_the_mts_forgot_is_made_again(self):
        self.seeder.set_settings(pace=5)
        self.perform_round()
        self.seeder.restart()
        self.look()
        self.assertIn("does not know the request any more", self.connector.trouble)
        self.assertFalse(self.connector.odk_pulled_until)
        self.seeder.set_settings(pace=0)
        self.queue.work_off()
        self.assertEqual(self.pulled(), [["vid-1", "vid-2"]])
        self.assertRecordValues(self.connector, [{"job_status": "completed", "trouble": False}])

    def test_a_request_that_is_never_finished_is_made_again_in_the_end(self):
        self.seeder.set_dials(stuck={"calls": 1})
        self.run_round()
        self.assertEqual(len(self.seeder.submissions()), 2)
        self.assertEqual(self.connector.job_status, "completed")

    def test_results_that_could_not_be_delivered_are_asked_for_again(self):
        self.seeder.set_dials(download_error={"calls": 1})
        self.run_round()
        self.assertEqual(len(self.seeder.submissions()), 2)
        self.assertEqual(self.pulled(), [["vid-1", "vid-2"]])

    def test_a_status_that_turns_bad_after_processed_is_noticed(self):
        nobody = "http://127.0.0.1:9/"
        self.connector.write(
            {"delivery_type": "callback", "callback_url": nobody, "callback_authtype": "none"}
        )
        self.perform_round()
        for _ in range(3):
            if not self.connector.trouble:
                self.look()
        self.assertIn("error_making_callback_request", self.connector.trouble)
        self.assertFalse(self.connector.odk_pulled_until)

    def test_an_mts_that_is_down_for_a_while_does_not_lose_the_request(self):
        self.perform_round()
        self.seeder.set_dials(status_500={"calls": 3}, file_reset={"calls": 2})
        self.look()
        self.assertIn("in trouble", self.connector.trouble)
        self.queue.work_off()
        self.assertEqual(len(self.seeder.submissions()), 1)
        self.assertEqual(self.pulled(), [["vid-1", "vid-2"]])

    def test_files_go_with_the_connector_and_are_for_operators_only(self):
        self.run_round()
        file = self.connector.file_ids
        self.assertTrue(file.with_user(self.operator).raw)
        plain = self._create_user("plain", "base.group_user")
        with self.assertRaises(AccessError):
            file.with_user(plain).read(["raw"])
        self.connector.unlink()
        self.assertFalse(file.exists())
