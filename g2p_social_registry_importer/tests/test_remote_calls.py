from inspect import isfunction

from odoo.exceptions import AccessError
from odoo.service.model import call_kw
from odoo.tests import tagged

from .common import ImporterCase

ADDON = "odoo.addons.g2p_social_registry_importer."


@tagged("post_install", "-at_install")
class TestRemoteCalls(ImporterCase):
    """RPC reaches no method that does the work. The buttons are in the table of access."""

    def _methods(self):
        """All methods this addon defines on models, as (model, name)."""
        return {
            (model._name, name)
            for model in self.env.registry.values()
            for part in model.mro()
            if part.__module__.startswith(ADDON)
            for name, value in vars(part).items()
            if isfunction(value)
        }

    def test_what_does_the_work_is_private(self):
        work = {
            ("g2p.social.registry.import.run", "_start"),
            ("g2p.social.registry.import.run", "_close"),
            ("g2p.social.registry.import.page", "_fetch"),
            ("g2p.social.registry.import.page", "_import"),
            ("spp.data.source", "_registry"),
            ("spp.data.source", "_access_token"),
            ("spp.data.source", "_client_credentials"),
            ("spp.data.source", "_authentication"),
            ("spp.data.source", "_connection"),
            ("spp.data.source", "_secret"),
            ("spp.data.source", "_signer"),
            ("spp.data.source", "_try_out"),
            ("g2p.fetch.social.registry.beneficiary", "_run_ended"),
        }
        self.assertLessEqual(work, self._methods())
        for model, name in self._methods():
            if name.startswith("_"):
                with self.subTest(model=model, method=name), self.assertRaises(AccessError):
                    call_kw(self.env[model].with_user(self.manager), name, [[]], {})
