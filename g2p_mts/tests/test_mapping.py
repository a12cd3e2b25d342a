import json

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import RegistryConnectorCase


@tagged("post_install", "-at_install")
class TestMapping(RegistryConnectorCase):
    def test_the_defaults_fit_each_other(self):
        mapped = self.connector._mapped_names()
        sent = json.loads(self.connector.g2p_selected_fields)
        self.assertEqual(mapped[0], "vid")
        self.assertEqual(mapped[1:], sent)
        self.assertEqual(self.connector.input_type, "custom")

    def test_the_mapping_reads_only_what_is_sent(self):
        with self.assertRaisesRegex(ValidationError, "not among the fields sent: dob, mail"):
            self.connector.mapping = '{"dob": "dob", "name": ["family_name", "mail"]}'
        with self.assertRaisesRegex(ValidationError, "not among the fields sent: gender"):
            self.connector.write(
                {"mapping": '{"gender": "gender"}', "g2p_selected_fields": '["name"]'}
            )

    def test_paths_are_read_by_their_head(self):
        self.connector.mapping = '{"name": ["family_name.a", "given_name[0].b", "\\"gender\\""]}'
        self.assertEqual(self.connector._mapped_names(), ["family_name", "given_name", "gender"])

    def test_odk_forms_have_their_own_names(self):
        self.connector.write({"input_type": "odk", "mapping": '{"dob": "born_on"}'})

    def test_a_mapping_that_is_none_is_reported_as_such(self):
        with self.assertRaisesRegex(ValidationError, "The mapping is not right"):
            self.connector.mapping = "nonsense"

    def test_without_fields_only_the_vid_is_sent(self):
        self.connector.write({"mapping": '{"vid": "vid"}', "g2p_selected_fields": False})
        with self.assertRaises(ValidationError):
            self.connector.mapping = '{"gender": "gender"}'
