from importlib import util
from pathlib import Path

from odoo.tests import tagged

from .common import ImporterCase
from .people import families

LINK = "g2p_social_registry_imported_registrants"
_MIGRATION = "migrations/19.0.1.1.0/pre-migration.py"


def _foreign_keys(env):
    env.cr.execute(
        "SELECT conname FROM pg_constraint WHERE contype = 'f' AND conrelid = %s::regclass", [LINK]
    )
    return {name for (name,) in env.cr.fetchall()}


@tagged("post_install", "-at_install")
class TestLastRun(ImporterCase):
    """Which run has met a registrant last is noted without a look at the runs."""

    def test_a_run_that_is_deleted_is_the_last_one_of_nobody(self):
        first = self.import_records(*families(2, size=1))
        second = self.import_records(*families(1, size=1))
        first.unlink()
        links = self.importer.imported_registrant_ids
        self.assertEqual(links.last_run_id, second)
        self.assertEqual(len(links.filtered("last_run_id")), 2)
        self.env.invalidate_all()
        self.assertEqual(len(links.filtered("last_run_id")), 2)

    def test_whoever_may_not_delete_a_run_changes_nothing(self):
        run = self.import_records(*families(1, size=1))
        for user in (self.operator, self.manager, self.officer):
            with self.assertRefused("not allowed", Exception):
                run.with_user(user).unlink()
        self.assertEqual(self.importer.imported_registrant_ids.last_run_id, run)

    def test_an_import_that_is_deleted_takes_runs_and_links_along(self):
        run = self.import_records(*families(1, size=1))
        links = self.importer.imported_registrant_ids
        self.importer.unlink()
        self.assertFalse(run.exists() or links.exists())

    def test_the_database_of_an_earlier_version_loses_its_foreign_key(self):
        before = _foreign_keys(self.env)
        self.assertNotIn(f"{LINK}_last_run_id_fkey", before)
        self.env.cr.execute(
            f"ALTER TABLE {LINK} ADD FOREIGN KEY (last_run_id)"
            " REFERENCES g2p_social_registry_import_run (id) ON DELETE SET NULL"
        )
        self.assertIn(f"{LINK}_last_run_id_fkey", _foreign_keys(self.env))
        file = Path(__file__).parents[1] / _MIGRATION
        spec = util.spec_from_file_location("migration", file)
        migration = util.module_from_spec(spec)
        spec.loader.exec_module(migration)
        migration.migrate(self.env.cr, "19.0.1.0.0")
        self.assertEqual(_foreign_keys(self.env), before)
