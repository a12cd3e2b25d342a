from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, TransactionCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestSettings(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.vid, cls.token = cls.env["g2p.id.type"].create(
            [{"name": "TEST VID"}, {"name": "TEST UIN TOKEN"}]
        )
        cls.system = new_test_user(cls.env, "test-mts-system", groups="base.group_system")

    def test_saved_under_the_names_scripts_know(self):
        form = Form(self.env["res.config.settings"].with_user(self.system))
        form.g2p_mts_vid_id_type = self.vid
        form.g2p_mts_uin_token_id_type = self.token
        form.save().execute()
        parameters = self.env["ir.config_parameter"]
        self.assertEqual(parameters.get_param("g2p_mts.vid_id_type"), str(self.vid.id))
        self.assertEqual(parameters.get_param("g2p_mts.uin_token_id_type"), str(self.token.id))
        again = self.env["res.config.settings"].create({})
        self.assertEqual(again.g2p_mts_vid_id_type, self.vid)

    def test_the_two_types_must_differ(self):
        with self.assertRaisesRegex(ValidationError, "different ID types"):
            self.env["res.config.settings"].create(
                {
                    "g2p_mts_vid_id_type": self.vid.id,
                    "g2p_mts_uin_token_id_type": self.vid.id,
                }
            )
        self.env["res.config.settings"].create({})

    def test_a_type_that_was_deleted_is_no_longer_set(self):
        self.env["ir.config_parameter"].set_param("g2p_mts.vid_id_type", str(self.vid.id))
        self.vid.unlink()
        self.assertFalse(self.env["res.config.settings"].create({}).g2p_mts_vid_id_type)

    def test_an_mts_manager_cannot_change_them(self):
        manager = new_test_user(
            self.env, "test-mts-manager", groups="mts_connector.group_mts_manager"
        )
        with self.assertRaises(AccessError):
            self.env["res.config.settings"].with_user(manager).create({}).execute()

    def test_a_system_administrator_may_only_read_id_types(self):
        types = self.env["g2p.id.type"].with_user(self.system)
        self.assertTrue(types.has_access("read"))
        self.assertFalse(any(types.has_access(op) for op in ("write", "create", "unlink")))

    def test_every_acl_row_of_this_addon_has_a_group(self):
        data = self.env["ir.model.data"].search(
            [("module", "=", "g2p_mts"), ("model", "=", "ir.model.access")]
        )
        rows = self.env["ir.model.access"].browse(data.mapped("res_id"))
        self.assertTrue(rows)
        self.assertFalse(rows.filtered(lambda row: not row.group_id))
