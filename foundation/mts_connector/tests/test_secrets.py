import os
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from odoo.addons.g2p_secrets.mixins.secret_mixin import MASK

from .common import PASSWORD, ConnectorCase

ENTRIES = (
    "odk_password",
    "callback_auth_password",
    "callback_auth_token",
    "callback_auth_client_secret",
)
SECRETS = tuple(f"{name}_value" for name in ENTRIES)


@tagged("post_install", "-at_install")
class TestSecrets(ConnectorCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.admin = cls._create_user(
            "admin", "base.group_system,base.group_allow_export,mts_connector.group_mts_manager"
        )
        cls.entries = list(ENTRIES)
        cls.specification = {entry: {} for entry in cls.entries}
        cls.connector.write(dict.fromkeys(cls.entries, PASSWORD))
        cls.env.flush_all()
        cls.env.invalidate_all()

    def _rpc(self, method, *args, **kwargs):
        return call_kw(self.env["mts.connector"].with_user(self.admin), method, args, kwargs)

    def _stored(self, name="odk_password_value"):
        return self.connector.sudo()[name]

    def test_what_is_entered_is_stored(self):
        for name in SECRETS:
            self.assertEqual(self._stored(name), PASSWORD)

    def test_no_reading_call_gives_it_away(self):
        answers = [
            self._rpc("read", self.connector.ids, self.entries),
            self._rpc("read", self.connector.ids),
            self._rpc("search_read", [], self.entries),
            self._rpc("web_read", self.connector.ids, specification=self.specification),
            self._rpc("copy_data", self.connector.ids),
            self._rpc("export_data", self.connector.ids, self.entries),
            self._rpc("fields_get"),
        ]
        self.assertNotIn(PASSWORD, repr(answers))
        self.assertEqual(answers[0][0]["odk_password"], MASK)
        self.assertFalse(set(SECRETS) & set(answers[1][0]))
        self.assertFalse(set(SECRETS) & set(answers[6]))

    @mute_logger("odoo.models", "odoo.orm.models")
    def test_the_columns_are_closed_even_to_system_administrators(self):
        calls = [
            lambda name: self._rpc("read", self.connector.ids, [name]),
            lambda name: self._rpc("search_read", [], [name]),
            lambda name: self._rpc("export_data", self.connector.ids, [name]),
            lambda name: self._rpc("search", [[name, "=like", f"{PASSWORD[0]}%"]]),
            lambda name: self._rpc("search_count", [[name, "!=", False]]),
            lambda name: self._rpc("search", [], order=f"{name} asc"),
            lambda name: self._rpc("formatted_read_group", [], [name], ["__count"]),
            lambda name: self._rpc("write", self.connector.ids, {name: "x"}),
            lambda name: self._rpc(
                "create", [{"name": "B", "mts_url": "https://b.example.test", name: "x"}]
            ),
        ]
        for name in SECRETS:
            for number, call in enumerate(calls):
                with self.subTest(name=name, call=number), self.assertRaises(AccessError) as caught:
                    call(name)
                self.assertNotIn(PASSWORD, str(caught.exception))
        self.assertEqual(self._stored(), PASSWORD)

    @mute_logger("odoo.orm.domains", "odoo.domains", "odoo.fields", "odoo.models")
    def test_the_twins_cannot_be_searched(self):
        found = []
        for entry in self.entries:
            with self.subTest(entry), self.assertRaises(ValueError):
                found += self._rpc("search", [[entry, "=", PASSWORD]])
        self.assertFalse(found)

    def test_saving_answers_with_the_mask(self):
        answer = self._rpc(
            "web_save",
            self.connector.ids,
            {"odk_password": "another-one"},
            specification=self.specification,
        )
        self.assertEqual(answer[0]["odk_password"], MASK)
        self.assertEqual(self._stored(), "another-one")
        created = self._rpc(
            "web_save",
            [],
            {"name": "B", "mts_url": "https://b.example.test", "odk_password": "third"},
            specification=self.specification,
        )
        self.assertEqual([e for e in self.entries if created[0][e]], ["odk_password"])
        self.assertEqual(created[0]["odk_password"], MASK)

    def test_a_form_saved_with_the_mask_keeps_the_password(self):
        with Form(self.connector.with_user(self.manager)) as form:
            self.assertEqual(form.callback_auth_password, MASK)
            form.callback_url = "https://odoo.example.test/callback"
        self.connector.odk_password = MASK
        for name in SECRETS:
            self.assertEqual(self._stored(name), PASSWORD)

    def test_emptying_the_entry_forgets_the_password(self):
        self.connector.odk_password = False
        self.assertFalse(self._stored())
        self.assertFalse(self.connector.odk_password)
        self.assertEqual(self._stored("callback_auth_password_value"), PASSWORD)

    def test_many_connectors_are_written_at_once(self):
        other = self._create_connector(name="B")
        (self.connector | other).odk_password = "for-both"
        self.assertEqual(
            (self.connector | other).sudo().mapped("odk_password_value"), ["for-both"] * 2
        )
        self.assertEqual((self.connector | other).mapped("odk_password"), [MASK] * 2)

    def test_a_copy_has_no_password(self):
        copy = self.connector.copy()
        for name in SECRETS:
            self.assertFalse(copy.sudo()[name])

    def test_an_operator_sees_the_mask_and_cannot_write(self):
        operator = self._create_user("operator", "mts_connector.group_mts_operator")
        connector = self.connector.with_user(operator)
        self.assertEqual(connector.odk_password, MASK)
        with self.assertRaises(AccessError):
            connector.odk_password = "x"
        self.assertEqual(self._stored(), PASSWORD)

    def test_a_secret_may_be_kept_outside_the_database(self):
        self.connector.write({"odk_password_place": "environment", "odk_password_key": "G2P_ODK"})
        self.assertFalse(self._stored())
        with patch.dict(os.environ, {"G2P_ODK": "from-outside"}):
            self.assertEqual(self.connector._secret("odk_password"), "from-outside")
        with self.assertRaisesRegex(UserError, "no environment variable “G2P_ODK”"):
            self.connector._secret("odk_password")
        self.assertEqual(self.connector._secret("callback_auth_password"), PASSWORD)

    def test_a_missing_outside_secret_is_said_before_the_start(self):
        self.connector.write(
            {
                "delivery_type": "download",
                "odk_password_place": "environment",
                "odk_password_key": "G2P_ODK",
            }
        )
        with self.assertRaisesRegex(UserError, "no environment variable “G2P_ODK”"):
            self.connector.with_user(self.manager).action_start()
