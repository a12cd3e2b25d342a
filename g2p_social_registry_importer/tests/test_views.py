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

    def test_each_action_loads_all_its_views_for_operators_and_managers(self):
        self.assertGreaterEqual(len(self._actions()), 5)
        for user in self.operator | self.manager:
            for action in self._actions():
                with self.subTest(action=action.xml_id, user=user.login):
                    model = self.env[action.res_model].with_user(user)
                    loaded = model.get_views(action.views, {"toolbar": True})
                    for kind in action.view_mode.split(","):
                        self.assertIn(kind, loaded["views"])

    def test_each_form_shows_a_row_to_an_operator(self):
        for row in (
            self.importer,
            self.run_of_today,
            self.run_of_today.page_ids,
            self.run_of_today.issue_ids,
            self.importer.imported_registrant_ids[0],
        ):
            with self.subTest(model=row._name):
                self.assertTrue(Form(row.with_user(self.operator)).id)

    def test_each_list_can_be_read_and_searched_by_an_operator(self):
        for action in self._actions():
            model = self.env[action.res_model].with_user(self.operator)
            views = model.get_views([(False, "list"), (False, "search")])
            shown = views["models"][model._name]["fields"]
            model.web_search_read([], {name: {} for name in shown}, limit=5)

    def test_the_menus_are_seen_by_operators_and_data_sources_by_managers(self):
        names = self.env["ir.model.data"].search(
            [("module", "=", ADDON), ("model", "=", "ir.ui.menu")]
        )
        menus = self.env["ir.ui.menu"].browse(names.mapped("res_id"))
        own = menus.filtered(lambda menu: menu.action)
        sources = self.env.ref(f"{ADDON}.import_data_source_menu")
        for user, expected in ((self.manager, own), (self.operator, own - sources)):
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
