from odoo import models
from odoo.exceptions import UserError

from ..mixins.data_source_authentication import TOKEN_PATH
from ..mixins.data_source_protocol import SEARCH_PATH
from ..wire.errors import ConfigurationError


class SppDataSource(models.Model):
    """How to reach a Social Registry and as whom."""

    _name = "spp.data.source"
    _inherit = [
        "g2p.own.fields",
        "spp.data.source",
        "spp.data.source.authentication",
        "spp.data.source.security",
        "spp.data.source.protocol",
        "spp.data.source.checkup",
        "spp.data.source.trial",
        "g2p.social.registry.config.audit",
    ]

    _not_audited = ("access_token_value", "access_token_expires_at")
    _audited_rows = (
        "data_source_path_ids",
        "data_source_parameter_ids",
        "data_source_field_mapping_ids",
    )

    _secrets = (
        "oauth_client_secret",
        "fixed_token",
        "basic_password",
        "api_key",
        "client_key",
        "signing_key",
    )

    def _secret(self, name):
        """:raises wire.errors.ConfigurationError: it is kept outside the database, and not there"""
        try:
            return super()._secret(name)
        except UserError as error:
            raise ConfigurationError(str(error)) from error

    def _forget_checkup(self):
        """A path has changed: neither verdict nor token of the old address is good for the new."""
        result = super()._forget_checkup()
        # sudo: whoever may change a path of a source makes untrue what was found out about it.
        self.sudo().write(dict.fromkeys(("trial_date", "trial_state", "trial_text"), False))
        self._forget_token()
        return result

    def _config_owner(self):
        return {"data_source_id": self.id}

    def _check_usable(self):
        """Refuse to start what cannot work.

        :raises UserError: a path is missing; names it
        """
        self.ensure_one()
        needed = {SEARCH_PATH, TOKEN_PATH} if self._asks_for_tokens() else {SEARCH_PATH}
        missing = needed - set(self.data_source_path_ids.mapped("key"))
        if missing:
            raise UserError(
                self.env._(
                    "The data source “%(name)s” lacks the URL path “%(path)s”.",
                    name=self.name,
                    path=min(missing),
                )
            )
