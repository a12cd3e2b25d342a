"""One test for each defect of the 17.0 connector that has to do with the registry as input."""

import json
import logging

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.service.model import get_public_method
from odoo.tests import tagged

from .ledger_case import LedgerCase


@tagged("post_install", "-at_install")
class TestDefectsOf17(LedgerCase):
    def sent(self):
        """All records that arrived at the MTS, in their order."""
        return [
            record
            for submission in self.seeder.submissions()
            for record in submission["envelope"]["request"]["authdata"]
        ]

    def test_c01_no_vid_and_no_demographic_data_in_the_log(self):
        self.people("VID-9001")
        with self.assertLogs(level=logging.DEBUG) as log:
            self.run_to_the_end()
        # Whoever has every SQL statement logged sees every value: an option of Odoo's own.
        said = [record for record in log.records if record.name != "odoo.sql_db"]
        text = "\n".join(record.getMessage() for record in said)
        for value in ("VID-9001", "Ñusta", "1984/07/19", "Plot 9"):
            self.assertNotIn(value, text)

    def test_c05_people_behind_the_first_hundred_are_reached(self):
        self.connector.write({"g2p_batch_size": 100, "g2p_batch_ceiling": 100})
        failing = self.people(*(f"8{n:03}" for n in range(100)), birthdate=False)
        behind = self.people("9001")
        self.run_to_the_end()
        self.assertTrue(self.token(behind))
        self.assertEqual(len(self.lines(state="refused")), len(failing))
        self.run_to_the_end()
        self.assertEqual(len(self.lines()), 101)

    def test_c06_a_vid_travels_with_its_own_person_whoever_is_left_out(self):
        self.connector.g2p_mandatory = ""
        blank = dict.fromkeys(("given_name", "family_name", "gender", "address"), False)
        self.people("9001", birthdate=False, **blank)
        second = self.people("9002", given_name="Second")
        self.run_to_the_end()
        [record] = [record for record in self.sent() if record.get("given_name") == "Second"]
        self.assertEqual(record["vid"], "9002")
        self.assertEqual(self.token(second), self.seeder.token_of("9002"))

    def test_c07_the_defaults_fit_each_other_out_of_the_box(self):
        connector = self.env["mts.connector"].create({"name": "D", "mts_url": self.seeder.url})
        connector.write({"delivery_type": "download", "g2p_purpose": "Tokens"})
        connector.with_user(self.officer).action_approve()
        person = self.people("9001")
        self.run_to_the_end(connector)
        self.assertTrue(self.token(person))

    def test_c08_a_refused_batch_is_not_done(self):
        self.people("9001")
        self.seeder.set_dials(submit_500=404)
        self.run_to_the_end()
        self.assertEqual(self.connector.job_status, "draft")
        self.assertIn("No MTS answers", self.connector.trouble)
        self.assertEqual(self.lines().error_code, "NOT-TAKEN")

    def test_c10_missing_settings_are_told_and_stop_nothing_else(self):
        self.env["ir.config_parameter"].set_param("g2p_mts.vid_id_type", False)
        with self.assertRaisesRegex(UserError, "Settings / MTS"):
            self.start()

    def test_c13_every_value_is_sent_as_a_text_that_means_it(self):
        names = ["given_name", "family_name", "gender", "birthdate", "address", "income"]
        names.append("country_id")
        self.connector.g2p_selected_fields = json.dumps([*names, "addl_name", "email", "phone"])
        self.connector.with_user(self.officer).action_approve()
        self.people("9001", income=0, country_id=self.env.ref("base.ke").id)
        self.run_to_the_end()
        [record] = self.sent()
        self.assertEqual(record["income"], "0")
        self.assertEqual(record["country_id"], "Kenya")
        self.assertNotIn("email", record)
        self.assertTrue(all(isinstance(value, str) for value in record.values()))

    def test_c21_filter_and_fields_are_compared_with_the_model_when_saved(self):
        for name, value in (
            ("g2p_search_domain", '[["no_such_field", "=", 1]]'),
            ("g2p_selected_fields", '["no_such_field"]'),
        ):
            with self.subTest(name), self.assertRaises(ValidationError):
                self.connector[name] = value

    def test_c23_answers_are_received_without_anybody_writing_jq(self):
        self.connector.write({"delivery_type": "callback", "callback_authtype": "none"})
        request = self.env["g2p.mts.request"].create({"connector_id": self.connector.id})
        wish = self.connector._people_submission(request).request(authdata=[])
        self.assertIn("nonce", wish["outputFormat"])
        self.assertIn("/g2p_mts/answers/", wish["callbackProperties"]["url"])

    def test_c24_the_inputs_of_other_addons_are_kept(self):
        values = dict(self.env["mts.connector"]._fields["input_type"].selection)
        self.assertEqual(values["custom"], "OpenG2P Registry")
        self.assertIn("odk", values)

    def test_c25_the_work_cannot_be_called_from_outside(self):
        calls = {
            "mts.connector": ("_work_custom", "_run_round", "_fill_up", "_run_scheduled"),
            "g2p.mts.request": ("_send", "_look_after"),
            "g2p.mts.answer": ("_take_in", "_receive"),
        }
        for model, methods in calls.items():
            for method in methods:
                with self.subTest(method):
                    self.assertTrue(hasattr(self.env[model], method))
                    with self.assertRaises(AccessError):
                        get_public_method(self.env[model], method)

    def test_c26_a_recurring_connector_sends_whoever_is_new(self):
        self.connector.is_recurring = "recurring"
        first = self.people("9001")
        self.run_to_the_end()
        second = self.people("9002")
        self.env["mts.connector"]._run_scheduled(self.connector.id)
        self.queue.work_off()
        self.assertTrue(self.token(first) and self.token(second))
        self.assertEqual([record["vid"] for record in self.sent()], ["9001", "9002"])
        self.assertEqual(self.connector.job_status, "started")
