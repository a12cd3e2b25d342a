from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import RegistryCase


@tagged("post_install", "-at_install")
class TestIdType(RegistryCase):
    def _create(self, *names):
        return self.env["g2p.id.type"].create([{"name": name} for name in names])

    def test_names_lose_surrounding_blanks(self):
        types = self._create("  Voter Card ", "Birth Certificate\t")
        self.assertEqual(types.mapped("name"), ["Voter Card", "Birth Certificate"])
        types[0].name = " Voter ID "
        self.assertEqual(types[0].name, "Voter ID")

    def test_name_is_unique_whatever_its_case(self):
        self._create("Voter Card")
        message = self._database_refusal("g2p.id.type", lambda: self._create(" voter CARD "))
        self.assertIn("already taken", message)

    def test_equal_names_in_one_batch_are_refused(self):
        message = self._database_refusal("g2p.id.type", lambda: self._create("Permit", "PERMIT"))
        self.assertIn("already taken", message)

    def test_name_of_blanks_is_refused(self):
        message = self._database_refusal("g2p.id.type", lambda: self._create("   "))
        self.assertIn("empty", message)

    def test_bad_expression_says_what_is_wrong(self):
        with self.assertRefused("Test National ID.*unterminated"):
            self.national.id_validation = "[0-9"

    def test_every_expression_of_a_batch_is_checked(self):
        with self.assertRaises(ValidationError):
            self.env["g2p.id.type"].create(
                [{"name": "Fine", "id_validation": "[0-9]"}, {"name": "Bad", "id_validation": "("}]
            )

    def test_tags_follow_the_same_name_rule(self):
        tags = self.env["g2p.registrant.tags"]
        tags.create([{"name": "Remote"}, {"name": "Coast"}])
        message = self._database_refusal(
            "g2p.registrant.tags", lambda: tags.create({"name": "REMOTE "})
        )
        self.assertIn("already taken", message)
