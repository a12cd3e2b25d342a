from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .ledger_case import LedgerCase


@tagged("post_install", "-at_install")
class TestAnswerAddress(LedgerCase):
    """Tokens, and the password the MTS logs in with, come back over a line nobody can read."""

    def setUp(self):
        super().setUp()
        self.people("9001")
        self.know_itself_by("http://registry.example.test")
        self.describe(delivery_type="callback", callback_authtype="none")

    def know_itself_by(self, address):
        self.env["ir.config_parameter"].set_param("web.base.url", address)

    def describe(self, **vals):
        self.connector.write(vals)
        self.connector.with_user(self.officer).action_approve()

    def test_nothing_starts_that_would_be_answered_in_clear(self):
        with self.assertRaisesRegex(UserError, "Seen From the MTS.*without encryption"):
            self.start()
        self.describe(g2p_answer_base_url="http://other.example.test")
        with self.assertRaisesRegex(UserError, "other.example.test would be called"):
            self.start()

    def test_a_login_here_counts_as_well_where_answers_go_elsewhere(self):
        self.describe(
            callback_url="https://answers.example.test/",
            callback_authtype="odoo",
            callback_auth_username="mts",
            callback_auth_password="receive-only",
        )
        with self.assertRaisesRegex(UserError, "without encryption"):
            self.start()

    def test_what_is_encrypted_allowed_or_not_called_at_all_starts(self):
        for vals in (
            {"g2p_answer_base_url": "https://registry.example.test"},
            {"g2p_answer_base_url": False, "allow_unencrypted": True},
            {"allow_unencrypted": False, "callback_url": "https://answers.example.test/"},
            {"callback_url": False, "delivery_type": "download"},
        ):
            with self.subTest(vals):
                self.describe(**vals)
                self.start()
                self.assertEqual(self.connector.job_status, "started")
                self.start()  # the same button: now it stops

    def test_an_address_that_changes_under_way_stops_before_anybody_is_sent(self):
        self.know_itself_by("https://registry.example.test")
        self.start()
        self.know_itself_by("http://registry.example.test")
        self.queue.work_off()
        self.assertFalse(self.seeder.submissions())
        self.assertEqual(self.connector.job_status, "draft")
        self.assertIn("without encryption", self.connector.trouble)
        self.assertFalse(self.lines())

    def test_our_address_has_to_be_one(self):
        for text in ("registry.example.test", "https://user:word@registry.example.test", "ftp://x"):
            with self.subTest(text), self.assertRaisesRegex(ValidationError, "absolute URL"):
                self.connector.g2p_answer_base_url = text

    def test_oauth_does_not_start_without_the_addresses_it_needs(self):
        self.describe(callback_authtype="oauth", callback_auth_client_id="mts")
        with self.assertRaisesRegex(UserError, "missing: Callback URL, Callback Authentication"):
            self.start()
        self.describe(callback_url="https://answers.example.test/")
        with self.assertRaisesRegex(UserError, "missing: Callback Authentication URL"):
            self.start()
        self.describe(callback_auth_url="https://login.example.test/token")
        self.start()
        self.queue.perform(self.queue.waiting[0])
        self.queue.perform(self.queue.waiting[0])
        wish = self.seeder.submissions()[0]["envelope"]["request"]["callbackProperties"]
        self.assertEqual(wish["url"], "https://answers.example.test/")
        self.assertEqual(wish["authOauth"]["authUrl"], "https://login.example.test/token")
