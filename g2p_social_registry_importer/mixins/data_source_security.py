from base64 import b64decode

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.g2p_secrets.secret_fields import secret
from odoo.addons.spp_registry_data_source.urls import UrlError, check_base_url

from ..wire.connection import Connection
from ..wire.errors import ConfigurationError
from ..wire.signing import Signer, Verifier, private_key, public_key
from ..wire.tls import trust


class DataSourceSecurity(models.AbstractModel):
    """How the way to a registry is secured: encryption, certificates, proxy, signatures."""

    _name = "spp.data.source.security"
    _inherit = ["g2p.secret.mixin"]
    _description = "Security of a Data Source"

    timeout = fields.Integer(
        "Time-out", default=60, help="Seconds to wait for an answer, and between its parts."
    )
    allow_unencrypted = fields.Boolean(
        "Unencrypted, for Tests",
        help="Allow plain http to another machine. Never with real people's data.",
    )
    proxy_url = fields.Char(
        "Proxy",
        help="For instance http://proxy.example.test:3128. Left empty, the environment of the "
        "server decides (HTTPS_PROXY, NO_PROXY); a proxy with a password has to stand there.",
    )
    ca_bundle = fields.Text(
        "Trusted Authorities",
        help="Certificates (PEM) of the only authorities to trust. Left empty, those everybody "
        "trusts.",
    )
    client_certificate = fields.Text(
        copy=False, help="Our own certificate (PEM), if the registry asks."
    )
    client_key, client_key_value, client_key_place, client_key_key = secret(
        "client_key", "Client Key", fields.Text, "Private key (PEM, no password)."
    )
    signing_key, signing_key_value, signing_key_place, signing_key_key = secret(
        "signing_key", "Signing Key", fields.Text, "Ed25519 or RSA private key (PEM, no password)."
    )
    signing_key_record = fields.Reference(
        "_selection_signing_key_record",
        "Signing Key of Odoo",
        copy=False,
        groups="base.group_system",
        help="A private key kept among the keys of Odoo, instead of one given here.",
    )
    odoo_has_keys = fields.Boolean(compute="_compute_odoo_has_keys")
    signing_key_name = fields.Char(
        "Key ID", help="The name by which the registry knows our signing key."
    )
    registry_public_key = fields.Text(
        "Registry's Public Key",
        help="Ed25519 or RSA, the key or its certificate (PEM). With it, an answer that is not "
        "signed by the registry is refused.",
    )

    _timeout_positive = models.Constraint(
        "CHECK (timeout > 0)", "The time-out must be at least one second."
    )

    @api.model
    def _selection_signing_key_record(self):
        """Odoo's addon of keys and certificates is used where it is installed."""
        return [("certificate.key", "Key")] if "certificate.key" in self.env else []

    def _compute_odoo_has_keys(self):
        self.odoo_has_keys = bool(self._selection_signing_key_record())

    @api.constrains("proxy_url")
    def _check_proxy_url(self):
        for source in self.filtered("proxy_url"):
            try:
                check_base_url(source.proxy_url)
            except UrlError as error:
                words = source._url_error_text(error.reason)
                raise ValidationError(self.env._("Proxy: %(why)s", why=words)) from error

    @api.constrains("ca_bundle", "registry_public_key")
    def _check_certificates(self):
        for source in self:
            try:
                trust(source.ca_bundle or "", "", "")
                if source.registry_public_key:
                    public_key(source.registry_public_key)
            except ConfigurationError as error:
                raise ValidationError(str(error)) from error

    def _connection(self, timeout=None):
        """How the registry and its token endpoint are reached.

        :param timeout: seconds, instead of the source's own
        :rtype: wire.connection.Connection
        :raises wire.errors.ConfigurationError: the client key is not where it should be
        """
        certificate = self.client_certificate or ""
        return Connection(
            timeout=timeout or self.timeout,
            allowed_in_clear=self.allow_unencrypted,
            proxy=self.proxy_url or "",
            ca_bundle=self.ca_bundle or "",
            client_certificate=certificate,
            client_key=self._secret("client_key") if certificate else "",
        )

    def _signer(self):
        """Who signs what is sent; None when it goes unsigned.

        :raises wire.errors.ConfigurationError: the key cannot be used, or is not there
        """
        text = self._signing_key_text()
        if not text:
            return None
        return Signer(private_key(text), self.sender_id or "", self.signing_key_name or "")

    def _signing_key_text(self):
        # sudo: keys of Odoo are for administrators; this one goes to the signer only.
        record = self.sudo().signing_key_record
        if not record:
            return self._secret("signing_key")
        key = record.with_context(bin_size=False)
        if key.public or key.loading_error or key.password or not key.pem_key:
            raise ConfigurationError(
                self.env._("The signing key of Odoo has to be a private key without a password.")
            )
        return b64decode(key.pem_key).decode()

    def _verifier(self):
        """Who checks the signatures of answers; None when nobody does."""
        text = self.registry_public_key
        return Verifier(public_key(text)) if text else None
