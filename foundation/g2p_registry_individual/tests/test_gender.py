from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from odoo.addons.g2p_registry_base.tests.common import RegistryCase


@tagged("post_install", "-at_install")
class TestGender(RegistryCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.genders = cls.env["gender.type"]
        cls.custom = cls.genders.create({"code": "Third gender", "value": "third"})

    def _choices(self):
        return dict(self.partners.fields_get(["gender"])["gender"]["selection"])

    def test_choices_follow_the_list(self):
        self.assertEqual(self._choices()["third"], "Third gender")
        self.custom.code = "Another"
        self.assertEqual(self._choices()["third"], "Another")
        self.custom.active = False
        self.assertNotIn("third", self._choices())
        self.custom.unlink()
        self.assertNotIn("a", self._choices())
        self.genders.create([{"code": "A", "value": "a"}, {"code": "B", "value": "b"}])
        self.assertLessEqual({"a", "b"}, self._choices().keys())

    def test_shipped_choices(self):
        self.assertLessEqual({"Male", "Female", "Other"}, self._choices().keys())

    def test_unknown_gender_is_refused_in_every_record_of_a_batch(self):
        with self.assertRefused("gender") as caught:
            self.partners.create([{"name": "A", "gender": "third"}, {"name": "B", "gender": "x9y"}])
        self.assertNotIn("x9y", str(caught.exception))
        self.assertEqual(self._registrants(1, gender="third").gender, "third")

    def test_choices_are_read_once_for_many_people(self):
        vals = [
            {"name": f"Registrant {i}", "is_registrant": True, "gender": gender}
            for i, gender in enumerate(["Male", "third"] * 100)
        ]
        self.partners.create(vals[:1])
        plain = self._queries(
            lambda: self.partners.create([{"name": v["name"], "is_registrant": True} for v in vals])
        )
        gendered = self._queries(lambda: self.partners.create(vals))
        self.assertLessEqual(gendered, plain)

    def test_gender_in_use_keeps_its_value(self):
        self._registrants(1, gender="third", active=False)
        with self.assertRefused("Archive it", UserError):
            self.custom.value = "other"
        with self.assertRefused("Archive it", UserError):
            self.custom.unlink()
        self.custom.write({"value": "third", "code": "Another"})

    def test_labels_are_unique_whatever_their_case(self):
        message = self._database_refusal(
            "gender.type", lambda: self.genders.create({"code": " THIRD gender", "value": "t"})
        )
        self.assertIn("label is already taken", message)
        message = self._database_refusal(
            "gender.type", lambda: self.genders.create({"code": "Other label", "value": " third "})
        )
        self.assertIn("value is already taken", message)

    def test_label_is_not_empty(self):
        message = self._database_refusal(
            "gender.type", lambda: self.genders.create({"code": "  ", "value": "v"})
        )
        self.assertIn("empty", message)

    def test_rights(self):
        portal = new_test_user(self.env, "test_portal", groups="base.group_portal")
        self.assertTrue(self.genders.with_user(self.admin).has_access("unlink"))
        self.assertTrue(self.genders.with_user(self.employee).has_access("read"))
        self.assertFalse(self.genders.with_user(self.registrar).has_access("write"))
        self.assertFalse(self.genders.with_user(portal).has_access("read"))
