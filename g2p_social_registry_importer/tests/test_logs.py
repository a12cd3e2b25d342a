import logging
import threading

from odoo.tests import tagged

from .canaries import CANARY, log_of_everything
from .common import ImporterCase
from .people import NATIONAL, household, identifier, person, phone


@tagged("post_install", "-at_install")
class TestLogs(ImporterCase):
    """Nothing of a record and no secret is ever written to the log, whatever goes wrong."""

    def _records(self):
        """People full of canaries: good ones, and some with each sort of mistake."""
        national = [identifier(NATIONAL, "CANARY-1"), identifier("CANARY TYPE", "CANARY-2")]
        return [
            person(
                "good",
                "CANARY, GOOD",
                reg_ids=national,
                given_name="CANARY",
                address="CANARY street",
                email="canary@CANARY.test",
                phones=[phone("+254 CANARY")],
            ),
            person("bad-id", "CANARY, BAD ID", "CANARY-3" + "9" * 120),
            person("bad-day", "CANARY, BAD DAY", "CANARY-4", birthdate="2990-01-01"),
            person("bad-value", "CANARY, VALUE", "CANARY-5", gender="CANARY", email="CANARY"),
            household("h1", "CANARY household", "CANARY-6", [("good", "CANARY KIND")]),
            household("h2", "CANARY household", "CANARY-7", ["bad-id"]),
            household("h3", "CANARY household", "CANARY-8", ["bad-day"]),
            household("h4", "CANARY household", "CANARY-9", ["bad-value"]),
            household("h5", "CANARY household"),
        ]

    def assertClean(self, messages):
        self.assertTrue(messages, "something was logged at all")
        secrets = (CANARY, self.social_registry.client_secret, self.data_source.access_token_value)
        for message in messages:
            for secret in filter(None, secrets):
                # The line is not shown: it would carry the secret into the log of the tests.
                self.assertFalse(secret in message, message.split(":")[0])

    def test_good_and_bad_records(self):
        with log_of_everything() as messages:
            run = self.import_records(*self._records())
        self.assertOutcome(run, "incomplete", created=3, failed=1, skipped=1)
        self.assertClean(messages)

    def test_a_second_run_with_changes(self):
        self.import_records(*self._records())
        with log_of_everything() as messages:
            self.change_and_import({"key": "h1", "address": "CANARY avenue"})
        self.assertClean(messages)

    def test_trouble_with_the_registry(self):
        self.social_registry.put_registrants(self._records())
        for dials in (
            {"http_500": True},
            {"http_401": True},
            {"rjct": "item"},
            {"cut_body": 0.5},
            {"html": 200},
            {"token_401": True},
            {"null_records": True},
        ):
            with self.subTest(dials=dials), log_of_everything() as messages:
                self.data_source.access_token_value = False
                self.social_registry.set_dials(**dials)
                self.assertEqual(self.run_import().state, "failed")
            self.assertClean(messages)

    def test_an_error_in_the_code_of_an_addon_shows_its_place_only(self):
        def broken(_self, vals_list):
            raise KeyError(vals_list)

        self.patch(self.env.registry["g2p.phone.number"], "create", broken)
        with self.assertLogs("odoo.addons.g2p_social_registry_importer", "WARNING") as caught:
            run = self.import_records(*self._records()[:1], *self._records()[4:5])
        self.assertOutcome(run, "incomplete", failed=1)
        self.assertIn("KeyError", caught.output[0])
        self.assertClean(caught.output)
        self.assertNotIn(CANARY, run.issue_ids.reason)
        self.assertIn("KeyError", run.issue_ids.reason)

    def _refuse_in_the_database(self):
        self.env.cr.execute(
            "ALTER TABLE res_partner ADD CONSTRAINT test_refusal CHECK (name NOT LIKE '%REFUSED')"
        )

    def test_a_statement_that_the_database_refuses_stays_out(self):
        self._refuse_in_the_database()
        with log_of_everything() as messages:
            run = self.import_records(household("h1", "CANARY REFUSED", "CANARY-6"))
        self.assertOutcome(run, "incomplete", failed=1)
        self.assertIn("CheckViolation", run.issue_ids.reason)
        self.assertClean(messages)

    def test_what_another_thread_logs_meanwhile_is_heard(self):
        def refuse(_self, vals_list):
            other = threading.Thread(target=sql.warning, args=("bad query of somebody else",))
            other.start()
            other.join()
            sql.warning("bad query of this thread: %s", vals_list)
            raise KeyError

        sql = logging.getLogger("odoo.sql_db")
        self.patch(self.env.registry["g2p.reg.id"], "create", refuse)
        with log_of_everything() as messages:
            self.import_records(household("h1", "CANARY household", "CANARY-6"))
        self.assertClean(messages)
        self.assertIn("odoo.sql_db: bad query of somebody else", messages)

    def test_issues_name_the_record_by_its_identifiers_and_quote_nothing_else(self):
        run = self.import_records(*self._records())
        for issue in run.issue_ids:
            words = f"{issue.reason} {issue.field_path} {issue.display_name}"
            for private in ("CANARY,", "CANARY street", "2990", "CANARY-"):
                self.assertNotIn(private, words)
