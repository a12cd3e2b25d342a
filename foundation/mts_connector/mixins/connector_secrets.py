from odoo import models

from odoo.addons.g2p_secrets.secret_fields import secret


class MTSConnectorSecretsMixin(models.AbstractModel):
    """Passwords of a connector. All are handed to the MTS, which stores them until its clean-up."""

    _name = "mts.connector.secrets.mixin"
    _inherit = ["g2p.secret.mixin"]
    _description = "Passwords of an MTS Connector"

    _secrets = (
        "odk_password",
        "callback_auth_password",
        "callback_auth_token",
        "callback_auth_client_secret",
    )

    odk_password, odk_password_value, odk_password_place, odk_password_key = secret(
        "odk_password", "ODK Password"
    )
    (
        callback_auth_password,
        callback_auth_password_value,
        callback_auth_password_place,
        callback_auth_password_key,
    ) = secret("callback_auth_password", "Callback Password")
    (
        callback_auth_token,
        callback_auth_token_value,
        callback_auth_token_place,
        callback_auth_token_key,
    ) = secret("callback_auth_token", "Callback Token")
    (
        callback_auth_client_secret,
        callback_auth_client_secret_value,
        callback_auth_client_secret_place,
        callback_auth_client_secret_key,
    ) = secret("callback_auth_client_secret", "Callback Client Secret")
