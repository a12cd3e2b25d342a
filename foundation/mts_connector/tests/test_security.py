from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import ConnectorCase


@tagged("post_install", "-at_install")
class TestSecurity(ConnectorCase):
    def test_rights_by_role(self):
        expected = {
            "mts_connector.group_mts_manager": {"read", "write", "create", "unlink"},
            "mts_connector.group_mts_operator": {"read"},
            "base.group_system": set(),
            "base.group_user": set(),
            "queue_job.group_queue_job_manager,base.group_user": set(),
            "base.group_portal": set(),
            "base.group_public": set(),
        }
        operations = ("read", "write", "create", "unlink")
        for number, (groups, rights) in enumerate(expected.items()):
            user = self._create_user(f"role-{number}", groups)
            connectors = self.env["mts.connector"].with_user(user)
            with self.subTest(groups):
                self.assertEqual({op for op in operations if connectors.has_access(op)}, rights)

    def test_others_are_refused(self):
        user = self._create_user("plain", "base.group_user")
        with self.assertRaises(AccessError):
            self.connector.with_user(user).read(["name"])

    def test_a_manager_is_an_operator_and_the_administrator_is_a_manager(self):
        self.assertTrue(self.manager.has_group("mts_connector.group_mts_operator"))
        for user in ("base.user_root", "base.user_admin"):
            self.assertTrue(self.env.ref(user).has_group("mts_connector.group_mts_manager"))

    def test_every_acl_row_has_a_group(self):
        rows = self.env["ir.model.access"].search([("model_id.model", "=", "mts.connector")])
        self.assertTrue(rows)
        self.assertFalse(rows.filtered(lambda row: not row.group_id))

    def test_only_operators_start_and_stop(self):
        user = self._create_user("plain", "base.group_user")
        with self.assertRaises(AccessError):
            self.connector.with_user(user).mts_action_trigger()
