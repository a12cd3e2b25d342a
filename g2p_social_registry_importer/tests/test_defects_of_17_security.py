"""What was wrong in the 17.0 importer's access rights, by its number in the list of defects."""

import json

from odoo.exceptions import AccessError
from odoo.service.model import call_kw
from odoo.tests import new_test_user, tagged

from .access_world import own_addons, own_models
from .canaries import CANARY
from .common import OPERATOR, ImporterCase
from .people import NATIONAL, families, identifier, person

ADDON = "g2p_social_registry_importer"


@tagged("post_install", "-at_install")
class TestDefectsOf17Security(ImporterCase):
    def test_a01_no_right_is_given_to_no_group(self):
        """Rights without a group are everybody's, portal and public included."""
        models = own_models(self.env)
        rights = self.env["ir.model.access"].search([("model_id.model", "in", models)])
        self.assertTrue(rights)
        self.assertFalse(rights.filtered(lambda right: not right.group_id))
        portal = new_test_user(self.env, "defects_portal", groups="base.group_portal")
        for user in portal | self.env.ref("base.public_user"):
            for name in models:
                model = self.env[name].with_user(user)
                given = [o for o in ("read", "write", "create", "unlink") if model.has_access(o)]
                self.assertEqual(given, [], f"{name}, {user.login}")

    def test_a03_importing_and_its_parts_cannot_be_called_from_outside(self):
        names = ("create_or_update_registrant", "process_record", "process_registrants")
        for name in names:
            with self.subTest(name), self.assertRaises(AttributeError):
                call_kw(self.importer.with_user(self.manager), name, [self.importer.ids, []], {})
        page = self.env["g2p.social.registry.import.page"].with_user(self.manager)
        for name in ("_import", "_import_staged", "_stage", "_retry"):
            with self.subTest(name), self.assertRaises(AccessError):
                call_kw(page, name, [[1]], {})

    def test_a05_what_people_change_is_shipped_for_good(self):
        shipped = self.env["ir.model.data"].search(
            [
                ("module", "=", ADDON),
                (
                    "model",
                    "in",
                    [
                        "g2p.fetch.social.registry.beneficiary",
                        "ir.config_parameter",
                        "ir.cron",
                        "ir.rule",
                        "queue.job.channel",
                        "queue.job.function",
                        "spp.data.source",
                        "spp.data.source.path",
                    ],
                ),
            ]
        )
        self.assertGreater(len(shipped), 15)
        self.assertEqual(shipped.filtered(lambda data: not data.noupdate).mapped("name"), [])

    def test_a07_a_job_names_its_page_and_nothing_about_people(self):
        self.social_registry.put_registrants(
            [person("p1", f"{CANARY}, NAME", reg_ids=[identifier(NATIONAL, f"{CANARY}-1")])]
        )
        importer = self._create_importer(
            name="People",
            target_registry="individual",
            query="{ getRegistrants { name regIds { idTypeAsStr value } } }",
        )
        run = self.run_import(importer)
        self.assertOutcome(run, created=1)
        self.env.flush_all()
        self.env.cr.execute("SELECT row_to_json(job)::text FROM queue_job job")
        jobs = [json.loads(row) for (row,) in self.env.cr.fetchall()]
        self.assertGreaterEqual(len(jobs), 3)
        self.assertNotIn(CANARY, f"{jobs}")

    def test_a09_an_operator_without_any_other_right_imports_from_the_menu_on(self):
        """Data sources and ID types are closed to operators; the import reads them for them."""
        operator = new_test_user(self.env, "defects_operator", groups=OPERATOR)
        self.assertFalse(operator.has_group("base.group_system"))
        menu = self.env.ref(f"{ADDON}.fetch_social_registry_menu")
        self.assertIn(menu.id, self.env["ir.ui.menu"].with_user(operator).load_menus(False))
        self.assertFalse(self.env["g2p.id.type"].with_user(operator).has_access("create"))
        self.importer.create_missing_id_types = True
        ids = [identifier("A type unknown here", "X-1")]
        self.social_registry.put_registrants([*families(1), person("px", "NJERI", reg_ids=ids)])
        action = self.importer.with_user(operator).fetch_social_registry_beneficiary()
        self.queue.work_off()
        run = self.env[action["res_model"]].browse(action["res_id"])
        self.assertOutcome(run, created=1)
        self.assertEqual(run.user_id, operator)
        self.assertEqual(len(own_addons(self.env) & {ADDON}), 1)
