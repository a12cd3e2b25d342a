from odoo.tests import Form, tagged

from .common import ImporterCase
from .people import CARD, NATIONAL, household, identifier, person

ADDON = "g2p_social_registry_importer"


@tagged("post_install", "-at_install")
class TestViews(ImporterCase):
    """Every screen loads for those who may open it, with rows in it."""

    def setUp(self):
        super().setUp()
        for value, id_type in (("C-1", self.card), ("N-1", self.national)):
            self.env["res.partner"].create(
                {
                    "name": "Known",
                    "is_registrant": True,
                    "is_group": True,
                    "reg_ids": [(0, 0, {"id_type": id_type.id, "value": value})],
                }
            )
        ids = [identifier(CARD, "C-1"), identifier(NATIONAL, "N-1")]
        self.run_of_today = self.import_records(
            person("p2", "OTIENO, AMARA", "N-2"),
            household("h1", "Conflict", reg_ids=ids),
            household("h2", "Otieno household", "C-2", ["p2"]),
        )

    def _actions(self):
        """The window actions of this addon."""
        names = self.env["ir.model.data"].search(
            [("module", "=", ADDON), ("model", "=", "ir.actions.act_window")]
        )
        return self.env["ir.actions.act_window"].browse(names.mapped("res_id"))

    def _opened(self):
        """Each user with each action that he or she may open."""
        for user in self.operator | self.manager | self.officer:
            for action in self._actions():
                if self.env[action.res_model].with_user(user).has_access("read"):
                    yield user, action

    def test_each_action_loads_all_its_views_for_those_who_may_open_it(self):
        opened = list(self._opened())
        for user in self.operator | self.manager | self.officer:
            self.assertGreaterEqual(sum(user == each for each, _action in opened), 6)
        for user, action in opened:
            with self.subTest(action=action.xml_id, user=user.login):
                model = self.env[action.res_model].with_user(user)
                loaded = model.get_views(action.views, {"toolbar": True})
                for kind in action.view_mode.split(","):
                    self.assertIn(kind, loaded["views"])

    def test_each_form_shows_a_row_to_operators_and_officers(self):
        for row in (
            self.importer,
            self.run_of_today,
            self.run_of_today.page_ids,
            self.run_of_today.issue_ids,
            self.importer.imported_registrant_ids[0],
        ):
            for user in self.operator | self.officer:
                with self.subTest(model=row._name, user=user.login):
                    self.assertTrue(Form(row.with_user(user)).id)

    def test_each_list_can_be_read_and_searched(self):
        for user, action in self._opened():
            model = self.env[action.res_model].with_user(user)
            views = model.get_views([(False, "list"), (False, "search")])
            shown = views["models"][model._name]["fields"]
            model.web_search_read([], {name: {} for name in shown}, limit=5)

    def test_the_menus_are_seen_by_those_whose_work_they_are(self):
        names = self.env["ir.model.data"].search(
            [("module", "=", ADDON), ("model", "=", "ir.ui.menu")]
        )
        menus = self.env["ir.ui.menu"].browse(names.mapped("res_id"))
        own = menus.filtered(lambda menu: menu.action)
        sources, held, purges, changes = (
            self.env.ref(f"{ADDON}.{name}_menu")
            for name in ("import_data_source", "held_data", "purge", "config_change")
        )
        for user, expected in (
            (self.manager, own - held),
            (self.operator, own - sources - held - purges - changes),
            (self.officer, own - sources),
        ):
            visible = self.env["ir.ui.menu"].with_user(user).load_menus(False)
            self.assertEqual({m.id for m in own if m.id in visible}, set(expected.ids))

    def test_a_manager_writes_an_import_in_the_form(self):
        imports = self.env["g2p.fetch.social.registry.beneficiary"].with_user(self.manager)
        with Form(imports) as form:
            form.name = "People of Ñandú Province"
            form.data_source_id = self.data_source
            form.target_registry = "individual"
            form.query = "{ getRegistrants { name regIds { idTypeAsStr value } } }"
        importer = form.record
        self.assertEqual(importer.company_id, self.env.company)
        self.assertEqual(self.run_import(importer).state, "done")

    def test_a_manager_connects_a_data_source_in_the_form(self):
        with Form(self.env["spp.data.source"].with_user(self.manager)) as form:
            form.name = "Second registry"
            form.url = "https://second.example.test/api"
            form.oauth_client_id = "importer"
            form.oauth_client_secret = "CANARY-SECRET"
        self.assertEqual(form.record.sudo().oauth_client_secret_value, "CANARY-SECRET")

    def test_a_registrant_shows_where_it_came_from(self):
        for partner, view in (
            (self.holder("C-2"), "g2p_registry_group.view_groups_form"),
            (self.holder("N-2"), "g2p_registry_individual.view_individuals_form"),
        ):
            form = Form(partner.with_user(self.operator), self.env.ref(view))
            self.assertTrue(form.ind_is_imported_from_social_registry)
            self.assertEqual(form.data_source_id.id, self.data_source.id)
