from datetime import UTC, datetime

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..wire.client import SocialRegistry
from ..wire.oauth import ClientCredentials, Token
from ..wire.transport import G2PConnectTransport

SEARCH_PATH = "Registry Sync Search"
TOKEN_PATH = "Authentication"  # noqa: S105 - the key of a path, as 17.0 names it
MASK = "••••••••"
PARAMETERS = "g2p_import_social_registry."


class SppDataSource(models.Model):
    """How to reach a Social Registry and as whom."""

    _name = "spp.data.source"
    _inherit = ["spp.data.source", "spp.data.source.checkup"]

    oauth_client_id = fields.Char("Client ID", copy=False)
    oauth_client_secret = fields.Char(
        "Client Secret",
        compute="_compute_oauth_client_secret",
        inverse="_inverse_oauth_client_secret",
        help="Can be written, never read.",
    )
    oauth_client_secret_value = fields.Char(groups=fields.NO_ACCESS, copy=False)
    access_token_value = fields.Char(groups=fields.NO_ACCESS, copy=False)
    access_token_expires_at = fields.Datetime(groups=fields.NO_ACCESS, copy=False)
    sender_id = fields.Char(
        "Sender ID", help="Who we are to the registry, as agreed with it; may stay empty."
    )
    timeout = fields.Integer(
        "Time-out", default=60, help="Seconds to wait for an answer, and between its parts."
    )
    allow_unencrypted = fields.Boolean(
        "Unencrypted, for Tests",
        help="Allow plain http to another machine. Never with real people's data.",
    )

    _timeout_positive = models.Constraint(
        "CHECK (timeout > 0)", "The time-out must be at least one second."
    )

    @api.model_create_multi
    def create(self, vals_list):
        sources = super().create(vals_list)
        sources._forget_secret()
        return sources

    def write(self, vals):
        result = super().write(vals)
        self._forget_secret()
        return result

    def _forget_secret(self):
        """What was typed must not stay in the cache: the answer to saving would carry it back."""
        self.invalidate_recordset(["oauth_client_secret"], flush=False)

    @api.depends("oauth_client_secret_value")
    def _compute_oauth_client_secret(self):
        for source in self:
            # sudo: only whether there is a secret is shown.
            source.oauth_client_secret = source.sudo().oauth_client_secret_value and MASK

    def _inverse_oauth_client_secret(self):
        for source in self.filtered(lambda source: source.oauth_client_secret != MASK):
            # sudo: who may write the source may set its secret, but nobody reads it back.
            source.sudo().write(
                {
                    "oauth_client_secret_value": source.oauth_client_secret,
                    "access_token_value": False,
                }
            )

    def _check_usable(self):
        """Refuse to start what cannot work.

        :raises UserError: a path is missing; names it
        """
        self.ensure_one()
        missing = {SEARCH_PATH, TOKEN_PATH} - set(self.data_source_path_ids.mapped("key"))
        if missing:
            raise UserError(
                self.env._(
                    "The data source “%(name)s” lacks the URL path “%(path)s”.",
                    name=self.name,
                    path=min(missing),
                )
            )

    def _registry(self, timeout=None):
        """The registry, ready to be asked; a context manager.

        :param timeout: seconds, instead of the source's own
        :rtype: wire.client.SocialRegistry
        """
        self.ensure_one()
        transport = G2PConnectTransport(
            self.get_source_path_id_key_full_path_pair()[SEARCH_PATH],
            self._access_token,
            timeout=timeout or self.timeout,
            sender_id=self.sender_id or "",
            allowed_in_clear=self.allow_unencrypted,
        )
        return SocialRegistry(transport)

    def _access_token(self, renew=False):
        """A token that is still good for a minute; asks for one where there is none.

        :param renew: the registry refused the one we have
        :raises wire.errors.RegistryError: see :meth:`ClientCredentials.fetch`
        """
        # sudo: the token is closed to everybody; it is handed to the transport only.
        source = self.sudo()
        token = Token(source.access_token_value or "", _unix(source.access_token_expires_at))
        if renew or not token.is_fresh:
            token = source._client_credentials().fetch()
            expires = datetime.fromtimestamp(token.expires_at, UTC).replace(tzinfo=None)
            source.write({"access_token_value": token.value, "access_token_expires_at": expires})
        return token

    def _client_credentials(self):
        """Own credentials, else the global ones of 17.0 in the system parameters."""
        parameter = self.env["ir.config_parameter"].get_param
        return ClientCredentials(
            token_url=self.get_source_path_id_key_full_path_pair()[TOKEN_PATH],
            client_id=self.oauth_client_id or parameter(PARAMETERS + "client_id", ""),
            client_secret=self.oauth_client_secret_value
            or parameter(PARAMETERS + "client_password", ""),
            grant_type=parameter(PARAMETERS + "grant_type", "client_credentials"),
            allowed_in_clear=self.allow_unencrypted,
        )


def _unix(moment):
    return moment.replace(tzinfo=UTC).timestamp() if moment else 0.0
