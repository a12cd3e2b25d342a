from odoo.exceptions import AccessError
from odoo.service.model import call_kw
from odoo.tests import tagged
from odoo.tools import mute_logger

from .access_world import World, a_stored_field, own_models
from .common import ImporterCase

#: Models whose rows belong to no company: lists and connections that all companies share.
SHARED = {
    "g2p.district",
    "g2p.group.kind",
    "g2p.group.membership.kind",
    "g2p.id.type",
    "g2p.registrant.tags",
    "g2p.relationship",
    "gender.type",
    "g2p.mts.answer",
    "g2p.mts.preflight",
    "g2p.mts.preflight.line",
    "g2p.mts.request",
    "g2p.mts.vid.deletion",
    "g2p.mts.vid.rule",
    "mts.connector",
    "spp.data.source",
    "spp.data.source.field.mapping",
    "spp.data.source.parameter",
    "spp.data.source.path",
}


@tagged("post_install", "-at_install")
class TestAccessCompanies(ImporterCase):
    """Nobody sees, changes or starts anything of a company that is not theirs."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.staff = cls.operator | cls.manager | cls.officer | cls.env.ref("base.user_admin")

    def setUp(self):
        super().setUp()
        company = self.env["res.company"].create({"name": "Another ministry"})
        self.other = World(self.env, company)
        loggers = (f"odoo.addons.base.models.ir_{kind}" for kind in ("rule", "model"))
        self.enterContext(mute_logger(*loggers))

    def _models(self):
        models = [self.env[name] for name in own_models(self.env) if name not in SHARED]
        self.assertIn("g2p.social.registry.import.issue", [model._name for model in models])
        return models

    def _calls(self, record):
        yield "read", [record.ids, [a_stored_field(record)]]
        yield "write", [record.ids, {}]
        yield "unlink", [record.ids]
        yield "web_read", [record.ids, {a_stored_field(record): {}}]

    def test_no_row_of_another_company_is_found_or_opened(self):
        for model in self._models():
            record = self.other.record(model._name)
            for user in self.staff:
                with self.subTest(model=model._name, user=user.login):
                    self.env.flush_all()
                    self.env.invalidate_all()
                    mine = model.with_user(user).with_context(active_test=False)
                    if mine.has_access("read"):
                        self.assertNotIn(record.id, mine.search([]).ids)
                    for method, args in self._calls(record):
                        with self.assertRaises(AccessError, msg=method):
                            call_kw(mine, method, args, {})

    def test_no_button_of_another_company_can_be_pressed(self):
        importer, run, issue, decision = (
            self.other.record(name)
            for name in (
                "g2p.fetch.social.registry.beneficiary",
                "g2p.social.registry.import.run",
                "g2p.social.registry.import.issue",
                "g2p.social.registry.import.decision",
            )
        )
        for record, *methods in (
            (importer, "fetch_social_registry_beneficiary", "action_reset_cursor"),
            (run, "action_pause", "action_continue", "action_cancel", "action_retry"),
            (run, "action_undo", "action_open_issues"),
            (issue, "action_retry", "action_resolve"),
            (decision, "action_withdraw"),
        ):
            for method in methods:
                with self.subTest(method=method), self.assertRaises(AccessError):
                    self.env.invalidate_all()
                    model = self.env[record._name].with_user(self.manager)
                    call_kw(model, method, [record.ids], {})

    def test_nobody_opens_the_dialogue_of_somebody_else(self):
        mine = World(self.env, self.env.company)
        dialogues = [m for m in own_models(self.env) if self.env[m]._transient]
        self.assertIn("g2p.social.registry.import.resolve.wizard", dialogues)
        for name in dialogues:
            for user in self.staff:
                record, model = mine.record(name), self.env[name].with_user(user)
                self.env.flush_all()
                self.env.invalidate_all()
                with self.subTest(model=name, user=user.login), self.assertRaises(AccessError):
                    call_kw(model, "read", [record.ids, [a_stored_field(record)]], {})

    def test_no_dialogue_opens_an_issue_of_another_company(self):
        issue = self.other.record("g2p.social.registry.import.issue")
        wizards = self.env["g2p.social.registry.import.resolve.wizard"].with_user(self.manager)
        with self.assertRaises(AccessError):
            call_kw(wizards, "create", [[{"issue_id": issue.id}]], {})

    def test_no_dialogue_shows_an_issue_of_another_company_unsaved(self):
        issue = self.other.record("g2p.social.registry.import.issue")
        wizards = self.env["g2p.social.registry.import.resolve.wizard"].with_user(self.manager)
        spec = {"issue_id": {}, "reason": {}, "record_label": {}}
        with self.assertRaises(AccessError):
            call_kw(wizards, "onchange", [[], {"issue_id": issue.id}, ["issue_id"], spec], {})
