from dataclasses import replace
from datetime import UTC, datetime

from odoo import api, fields, models

from odoo.addons.g2p_secrets.secret_fields import secret

from ..wire.authentication import OAuth, api_key, basic, fixed_token
from ..wire.oauth import ClientCredentials, Token

TOKEN_PATH = "Authentication"  # noqa: S105 - the key of a path, as 17.0 names it
PARAMETERS = "g2p_import_social_registry."
#: Seconds to wait for a token, at most: it is a small answer.
_PATIENCE = 10
#: A token was got with these; with others it may be worth nothing, or belong to somebody else.
_TOKEN_DEPENDS = {
    "url",
    "data_source_path_ids",
    "auth_type",
    "bearer_kind",
    "oauth_client_id",
    "oauth_client_auth",
    "oauth_scope",
    "oauth_audience",
    "oauth_client_secret",
    "oauth_client_secret_value",
    "oauth_client_secret_place",
    "oauth_client_secret_key",
}


class DataSourceAuthentication(models.AbstractModel):
    """As whom a registry is asked."""

    _name = "spp.data.source.authentication"
    _inherit = ["g2p.secret.mixin"]
    _description = "Authentication of a Data Source"

    bearer_kind = fields.Selection(
        [("client_credentials", "Ask for one (OAuth 2.0)"), ("fixed", "Fixed")],
        "Token",
        required=True,
        default="client_credentials",
        help="OAuth 2.0 client credentials ask the path “Authentication” for a token.",
    )
    oauth_client_id = fields.Char(
        "Client ID",
        copy=False,
        help="Without one, client ID and secret of the system parameters "
        "g2p_import_social_registry.* serve.",
    )
    (
        oauth_client_secret,
        oauth_client_secret_value,
        oauth_client_secret_place,
        oauth_client_secret_key,
    ) = secret("oauth_client_secret", "Client Secret")
    oauth_client_auth = fields.Selection(
        [("body", "In the body"), ("basic", "As HTTP Basic")],
        "Secret Sent",
        required=True,
        default="body",
        help="How the token endpoint wants to see client ID and secret.",
    )
    oauth_scope = fields.Char("Scope", help="Names with blanks between them; may stay empty.")
    oauth_audience = fields.Char(
        "Audience", help="Whom the token is for, where the token endpoint asks; may stay empty."
    )
    access_token_value = fields.Char(groups=fields.NO_ACCESS, copy=False)
    access_token_expires_at = fields.Datetime(groups=fields.NO_ACCESS, copy=False)
    fixed_token, fixed_token_value, fixed_token_place, fixed_token_key = secret(
        "fixed_token", "Fixed Token"
    )
    basic_user = fields.Char("User Name", copy=False)
    basic_password, basic_password_value, basic_password_place, basic_password_key = secret(
        "basic_password", "Password"
    )
    api_key_header = fields.Char("Header", default="X-API-Key")
    api_key, api_key_value, api_key_place, api_key_key = secret("api_key", "API Key")

    def write(self, vals):
        result = super().write(vals)
        if _TOKEN_DEPENDS & vals.keys():
            self._forget_token()
        return result

    def _forget_token(self):
        # sudo: the columns are closed to everybody; emptying them discloses nothing.
        self.sudo().write({"access_token_value": False, "access_token_expires_at": False})

    def _asks_for_tokens(self):
        return self.auth_type == "bearer_authentication" and self.bearer_kind != "fixed"

    def _authentication(self):
        """The proof that goes with each call.

        :rtype: wire.authentication.Authentication
        :raises wire.errors.ConfigurationError: a secret is missing, or cannot be sent
        """
        self.ensure_one()
        if self._asks_for_tokens():
            return OAuth(self._access_token)
        if self.auth_type == "basic_authentication":
            return basic(self.basic_user or "", self._secret("basic_password"))
        if self.auth_type == "api_keys":
            return api_key(self.api_key_header or "", self._secret("api_key"))
        return fixed_token(self._secret("fixed_token"))

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
        connection = self._connection()
        identifier, password = self._client()
        return ClientCredentials(
            token_url=self.get_source_path_id_key_full_path_pair()[TOKEN_PATH],
            client_id=identifier,
            client_secret=password,
            grant_type=self._parameter("grant_type") or "client_credentials",
            scope=self.oauth_scope or "",
            audience=self.oauth_audience or "",
            secret_as_basic=self.oauth_client_auth == "basic",
            connection=replace(connection, timeout=min(connection.timeout, _PATIENCE)),
        )

    def _client(self):
        """Client ID and secret. A global secret never goes out under another client's ID."""
        if self.oauth_client_id:
            return self.oauth_client_id, self._secret("oauth_client_secret")
        return self._parameter("client_id"), self._parameter("client_password")

    @api.model
    def _parameter(self, name):
        # sudo: the parameters are closed to everybody; what they hold goes to the provider only.
        return self.env["ir.config_parameter"].sudo().get_param(PARAMETERS + name) or ""


def _unix(moment):
    return moment.replace(tzinfo=UTC).timestamp() if moment else 0.0
