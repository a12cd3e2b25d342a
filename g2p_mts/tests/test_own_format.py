import os
from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from odoo.addons.mts_connector.checks.jq_run import run_jq

from .ledger_case import LedgerCase

GOOD = "{nonce: .input.nonce, output, name: (.input.given_name | ascii_upcase)}"


@tagged("post_install", "-at_install")
class TestOwnFormat(LedgerCase):
    """An output format written by hand is tried before anybody is sent with it."""

    def test_one_that_brings_the_nonce_back_works(self):
        self.connector.output_format = GOOD
        self.connector.with_user(self.officer).action_approve()
        person = self.people("9001")
        self.run_to_the_end()
        [submission] = self.seeder.submissions()
        self.assertEqual(submission["envelope"]["request"]["outputFormat"], GOOD)
        self.assertEqual(self.token(person), self.seeder.token_of("9001"))

    def test_what_would_lose_the_answers_is_refused_in_words(self):
        for program, words in (
            (".output", "not bring the nonce back"),
            ("{nonce: .input.nonce, output: .output.token}", "where they are looked for"),
            ("{nonce: .input.nonce, output: (.input.given_name + 1)}", "fails"),
            ("empty", "gives nothing"),
        ):
            with self.subTest(program), self.assertRaisesRegex(ValidationError, words):
                self.connector.output_format = program

    def test_a_login_needs_the_envelope_of_the_call(self):
        self.connector.output_format = GOOD
        with self.assertRaisesRegex(ValidationError, "jsonrpc"):
            self.connector.write({"delivery_type": "callback", "callback_authtype": "odoo"})

    def test_elsewhere_only_the_nonce_is_asked_for(self):
        elsewhere = {"delivery_type": "callback", "callback_url": "https://other.example.test/a"}
        self.connector.write({**elsewhere, "output_format": "{ref: .input.nonce}"})
        with self.assertRaises(ValidationError):
            self.connector.output_format = ".output"

    def test_other_inputs_are_their_own_affair(self):
        self.connector.write({"input_type": "odk", "output_format": ".output.token"})
        self.assertEqual(self.connector.output_format, ".output.token")

    def test_a_program_reads_no_environment_and_ends(self):
        with patch.dict(os.environ, {"G2P_SAMPLE_SECRET": "CANARY"}):
            self.assertEqual(run_jq("env.G2P_SAMPLE_SECRET // 1", [{}]), [1])
        self.assertIsNone(run_jq("def f: f; f", [{}]))
        self.assertIsNone(run_jq("[range(1e9)]", [{}]))
