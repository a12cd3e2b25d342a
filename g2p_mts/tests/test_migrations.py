from odoo.modules.module import load_script
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools.misc import file_path

LINKS = {
    ("g2p_mts_vid_gone", "id_type"): "g2p_id_type",
    ("g2p_mts_vid_gone", "partner_id"): "res_partner",
    ("g2p_mts_vid_deletion_line", "deletion_id"): "g2p_mts_vid_deletion",
}
INDEXES = ["g2p_mts_vid_gone__id_type_index", "g2p_mts_vid_gone__expires_at_index"]
TABLES = [table for table, _column in LINKS]
LINES = "g2p_mts_request_line"
LINE_LINKS = {
    "request_id": "g2p_mts_request",
    "partner_id": "res_partner",
    "company_id": "res_company",
    "create_uid": "res_users",
    "write_uid": "res_users",
}


def migrate(script, cr):
    """Run a script of a version of the addon."""
    path = file_path(f"g2p_mts/migrations/{script}.py")
    load_script(path, "migration").migrate(cr, "19.0.1.0.0")


@tagged("post_install", "-at_install")
class TestMigrations(TransactionCase):
    def foreign_keys(self, tables):
        """Those of some tables, as the database and as Odoo know them."""
        self.cr.execute(
            """SELECT conname FROM pg_constraint
                WHERE contype = 'f' AND conrelid::regclass::text = ANY(%s)
                UNION ALL
               SELECT con.name FROM ir_model_constraint con JOIN ir_model ON ir_model.id = con.model
                WHERE con.type = 'f' AND replace(ir_model.model, '.', '_') = ANY(%s)""",
            [tables, tables],
        )
        return [name for (name,) in self.cr.fetchall()]

    def test_a_database_of_1_0_has_no_foreign_keys_any_more(self):
        self.assertEqual(self.foreign_keys(TABLES), [])
        for (table, column), target in LINKS.items():
            self.cr.execute(f"ALTER TABLE {table} ADD FOREIGN KEY ({column}) REFERENCES {target}")
        self.cr.execute(
            """INSERT INTO ir_model_constraint (name, model, module, type)
               SELECT 'g2p_mts_vid_gone_partner_id_fkey', ir_model.id, module.id, 'f'
                 FROM ir_model, ir_module_module module
                WHERE ir_model.model = 'g2p.mts.vid.gone' AND module.name = 'g2p_mts'"""
        )
        self.assertEqual(len(self.foreign_keys(TABLES)), 4)
        migrate("19.0.1.1.0/pre-migration", self.cr)
        self.assertEqual(self.foreign_keys(TABLES), [])

    def test_connectors_of_1_1_are_for_the_companies_of_whom_they_worked_as(self):
        companies = self.env["res.company"].create([{"name": "Here"}, {"name": "There"}])
        user = new_test_user(
            *(self.env, "test_mts_sender"),
            company_id=companies[0].id,
            company_ids=[(6, 0, companies.ids)],
        )
        known = {"mts_url": "https://mts.example.test", "user_id": user.id}
        connectors = self.env["mts.connector"].create(
            [
                {"name": "Of 1.1", "g2p_company_ids": False, **known},
                {"name": "Later", "g2p_company_ids": companies[0].ids, **known},
            ]
        )
        self.env.flush_all()
        migrate("19.0.1.2.0/post-migration", self.cr)
        self.env.invalidate_all()
        self.assertEqual(connectors[0].g2p_company_ids, companies)
        self.assertEqual(connectors[1].g2p_company_ids, companies[0])

    def test_a_database_of_1_2_has_no_foreign_keys_of_lines_but_that_of_the_token(self):
        for column, target in LINE_LINKS.items():
            self.cr.execute(
                f"ALTER TABLE {LINES} ADD FOREIGN KEY ({column}) REFERENCES {target} NOT VALID"
            )
        self.cr.execute(
            """INSERT INTO ir_model_constraint (name, model, module, type)
               SELECT 'g2p_mts_request_line_partner_id_fkey', ir_model.id, module.id, 'f'
                 FROM ir_model, ir_module_module module
                WHERE ir_model.model = 'g2p.mts.request.line' AND module.name = 'g2p_mts'"""
        )
        self.assertGreater(len(self.foreign_keys([LINES])), len(LINE_LINKS))
        migrate("19.0.1.3.0/pre-migration", self.cr)
        self.assertEqual(set(self.foreign_keys([LINES])), {f"{LINES}_token_id_fkey"})

    def test_requests_of_1_2_hold_on_to_the_companies_of_their_people(self):
        connector = self.env["mts.connector"].create(
            {"name": "Of 1.2", "mts_url": "https://mts.example.test"}
        )
        request = self.env["g2p.mts.request"].create({"connector_id": connector.id})
        companies = self.env["res.company"].create([{"name": "Near"}, {"name": "Far"}])
        people = [{"request_id": request.id, "company_id": company.id} for company in companies]
        self.env["g2p.mts.request.line"].create([*people, *people, {"request_id": request.id}])
        self.env.flush_all()
        self.assertFalse(request.company_ids)
        migrate("19.0.1.3.0/post-migration", self.cr)
        self.env.invalidate_all()
        self.assertEqual(request.company_ids, companies)

    def test_vids_that_1_3_remembered_are_recognised_by_their_bytes(self):
        kind, other = self.env["g2p.id.type"].create([{"name": "Old VID"}, {"name": "Card"}])
        gone = self.env["g2p.mts.vid.gone"]
        gone._remember({(kind.id, "5813076249681375"): self.env.user.partner_id.id})
        self.as_in_1_3()
        migrate("19.0.1.4.0/pre-migration", self.cr)
        migrate("19.0.1.4.0/pre-migration", self.cr)
        row = {"id_type": kind.id, "value": "5813 0762 4968 1375"}
        self.assertEqual(gone._holders([row]), {0: self.env.user.partner_id.id})
        self.assertIn(kind.id, gone._types())
        self.assertNotIn(other.id, gone._types())
        self.cr.execute("SELECT FROM pg_indexes WHERE indexname = ANY(%s)", [INDEXES])
        self.assertFalse(self.cr.fetchall(), "indexes of 1.3")

    def as_in_1_3(self):
        """The table of what is remembered, as version 1.3 has made it."""
        self.env.flush_all()
        self.cr.execute(
            "ALTER TABLE g2p_mts_vid_gone ALTER digest TYPE varchar USING encode(digest, 'hex')"
        )
        for name, column in zip(INDEXES, ("id_type", "expires_at"), strict=True):
            self.cr.execute(f"CREATE INDEX {name} ON g2p_mts_vid_gone ({column})")
        self.cr.execute("ALTER TABLE g2p_id_type DROP COLUMN has_gone")
