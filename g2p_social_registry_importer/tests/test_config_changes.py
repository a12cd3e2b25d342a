from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import ImporterCase
from .people import families

QUERY = "{ getRegistrants { name regIds { idTypeAsStr value } } }"


@tagged("post_install", "-at_install")
class TestConfigChanges(ImporterCase):
    """Who changed which setting, when, from what to what; noted for good."""

    def setUp(self):
        super().setUp()
        self.changes = self.env["g2p.social.registry.config.change"]
        self.last = self.changes.search([], limit=1).id or 0

    def _noted(self):
        """The rows of this test, oldest first, as tuples."""
        self.env.flush_all()
        rows = self.changes.search([("id", ">", self.last)], order="id")
        self.last = rows[-1:].id or self.last
        return [(r.user_id, r.action, r.record_name, r.field_name, r.before, r.after) for r in rows]

    def test_a_query_is_noted_with_both_texts_and_their_difference(self):
        before = self.importer.query
        self.importer.with_user(self.manager).query = QUERY
        name = self.importer.name
        row = (self.manager, "changed", name, "query", before, QUERY)
        self.assertEqual(self._noted(), [row])
        change = self.changes.search([], limit=1)
        self.assertEqual(change.import_id, self.importer)
        self.assertEqual(change.company_id, self.importer.company_id)
        self.assertEqual(change.field_label, "Query")
        self.assertIn("-    phoneNumberIds", change.difference)

    def test_target_policy_and_schedule_are_noted_in_the_words_of_the_form(self):
        self.importer.with_user(self.manager).write(
            {
                "field_policy": "fill_empty",
                "is_scheduled": True,
                "interval_number": 3,
                "owner_id": self.operator.id,
            }
        )
        found = {row[3]: row[4:] for row in self._noted()}
        self.assertEqual(found["field_policy"], ("The source wins", "Fill only what is empty"))
        self.assertEqual(found["is_scheduled"], ("False", "True"))
        self.assertEqual(found["interval_number"], ("1", "3"))
        self.assertEqual(found["owner_id"][1], self.operator.display_name)
        self.assertEqual(len(found), 4)

    def test_what_stays_the_same_is_not_noted(self):
        self.importer.with_user(self.manager).write(
            {"name": self.importer.name, "query": self.importer.query}
        )
        self.assertEqual(self._noted(), [])

    def test_address_paths_parameters_and_mapping_are_noted_as_rows_of_the_source(self):
        source = self.data_source.with_user(self.manager)
        path = source.data_source_path_ids[0]
        token = path.value
        source.write(
            {
                "url": "https://second.example.test/api",
                "data_source_path_ids": [(1, path.id, {"value": "/other"})],
                "data_source_parameter_ids": [(0, 0, {"key": "region", "value": "north"})],
                "data_source_field_mapping_ids": [(0, 0, {"key": "name", "value": "name"})],
            }
        )
        mapping = source.data_source_field_mapping_ids
        mapping.value = "given_name"
        mapping.unlink()
        rows = [row[1:] for row in self._noted()]
        name = source.name
        self.assertIn(
            ("changed", name, "url", self.social_registry.base_url, source.url),
            rows,
        )
        self.assertIn(("changed", path.key, "value", token, "/other"), rows)
        self.assertIn(("changed", "name", "value", "name", "given_name"), rows)
        created = {row[1]: row[4] for row in rows if row[0] == "created"}
        self.assertIn("value: north", created["region"])
        self.assertIn("value: name", created["name"])
        deleted = {row[1]: row[3] for row in rows if row[0] == "deleted"}
        self.assertIn("value: given_name", deleted["name"])
        mine = self.changes.search([("data_source_id", "=", source.id)])
        self.assertGreaterEqual(len(mine), 6)

    def test_of_a_secret_only_that_it_changed(self):
        self.data_source.with_user(self.manager).oauth_client_secret = "CANARY-SECRET"
        [row] = self._noted()
        self.assertEqual(row[:2] + row[3:4], (self.manager, "changed", "oauth_client_secret_value"))
        self.assertNotIn("CANARY", f"{row}")
        self.assertNotIn(self.social_registry.client_secret, f"{row}")
        source = self._create_data_source(name="New", oauth_client_secret="CANARY-SECRET")
        self.assertIn("oauth_client_secret_value", f"{self._noted()}")
        source.unlink()
        self.assertFalse(self.changes.search([("before", "like", "CANARY")]))
        self.assertFalse(self.changes.search([("after", "like", "CANARY")]))

    def test_a_login_in_an_address_is_left_out(self):
        text = self.data_source._config_text("name", "http://user:CANARY@proxy.example.test:3128")
        self.assertEqual(text, "http://…@proxy.example.test:3128")

    def test_creating_archiving_restoring_and_deleting_are_noted(self):
        importer = self.importer.with_user(self.manager).copy({"name": "Second"})
        importer.action_archive()
        importer.action_unarchive()
        importer.unlink()
        rows = self._noted()
        self.assertEqual([row[1] for row in rows], ["created", "archived", "restored", "deleted"])
        self.assertIn("query: ", rows[0][5])
        self.assertIn("query: ", rows[3][4])
        self.assertEqual({row[0] for row in rows}, {self.manager})

    def test_a_deleted_source_takes_its_rows_along_in_writing(self):
        source = self._create_data_source(name="Short-lived")
        self._noted()
        source.with_user(self.manager).unlink()
        deleted = [row[2] for row in self._noted() if row[1] == "deleted"]
        self.assertEqual(sorted(deleted), ["Authentication", "Registry Sync Search", "Short-lived"])

    def test_the_cursor_is_noted_by_whomever_it_is_moved(self):
        self.import_records(*families(1))
        [moved] = [row for row in self._noted() if row[3] == "last_sync_date"]
        self.assertEqual(moved[0], self.operator)
        self.importer.with_user(self.manager).action_reset_cursor()
        rows = [row for row in self._noted() if row[3] == "last_sync_date"]
        self.assertEqual(
            [(row[0], row[4], row[5]) for row in rows], [(self.manager, moved[5], False)]
        )

    def test_what_the_registry_and_the_schedule_do_by_themselves_is_not_noted(self):
        self.importer.write({"is_scheduled": True, "owner_id": self.operator.id})
        self._noted()
        self.env["g2p.fetch.social.registry.beneficiary"].sudo().browse(
            self.importer.id
        )._start_by_schedule()
        self.queue.work_off()
        names = {row[3] for row in self._noted()}
        self.assertLessEqual(names, {"last_sync_date", "last_full_sync_date"})

    def test_how_long_data_are_kept_is_noted_too(self):
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("g2p_import_social_registry.undo_days", "30")
        parameters.set_param("g2p_import_social_registry.client_password", "CANARY-SECRET")
        parameters.set_param("web.base.url", "https://openspp.example.test")
        rows = self._noted()
        self.assertEqual([row[2].rpartition(".")[2] for row in rows][0], "undo_days")
        self.assertEqual(rows[0][4:], ("7", "30"))
        self.assertNotIn("CANARY", f"{rows}")
        self.assertNotIn("openspp.example.test", f"{rows}")

    def test_nobody_changes_or_deletes_what_is_noted(self):
        self.importer.with_user(self.manager).page_size = 77
        row = self.changes.search([], limit=1)
        for user in self.manager | self.officer | self.env.ref("base.user_admin"):
            mine = row.with_user(user)
            self.assertEqual(mine.after, "77")
            with self.assertRaises(AccessError):
                mine.after = "78"
            with self.assertRaises(AccessError):
                mine.unlink()
            with self.assertRaises(AccessError):
                mine.copy()
        for operation in (lambda: row.write({"after": "78"}), row.unlink):
            with self.assertRaises(AccessError):
                operation()
        self.assertEqual(row.after, "77")
