from odoo import api, fields, models

MASK = "••••••"
SECRETS = (
    "odk_password",
    "callback_auth_password",
    "callback_auth_token",
    "callback_auth_client_secret",
)
ENTRIES = tuple(f"{name}_entry" for name in SECRETS)


class MTSConnectorSecretsMixin(models.AbstractModel):
    """Passwords go in, and never come out: nobody reads the columns that hold them.

    Each has a twin, ``<name>_entry``. It reads as a mask when a password is set and as empty
    when none is; what is written to it is stored, the mask excepted.
    """

    _name = "mts.connector.secrets.mixin"
    _description = "Passwords of an MTS Connector"

    odk_password = fields.Char(groups=fields.NO_ACCESS, copy=False)
    odk_password_entry = fields.Char(
        string="ODK Password",
        compute="_compute_secret_entries",
        inverse="_inverse_odk_password_entry",
    )
    callback_auth_password = fields.Char(groups=fields.NO_ACCESS, copy=False)
    callback_auth_password_entry = fields.Char(
        string="Callback Password",
        compute="_compute_secret_entries",
        inverse="_inverse_callback_auth_password_entry",
    )

    callback_auth_token = fields.Char(groups=fields.NO_ACCESS, copy=False)
    callback_auth_token_entry = fields.Char(
        string="Callback Token",
        compute="_compute_secret_entries",
        inverse="_inverse_callback_auth_token_entry",
    )
    callback_auth_client_secret = fields.Char(groups=fields.NO_ACCESS, copy=False)
    callback_auth_client_secret_entry = fields.Char(
        string="Callback Client Secret",
        compute="_compute_secret_entries",
        inverse="_inverse_callback_auth_client_secret_entry",
    )

    @api.model_create_multi
    def create(self, vals_list):
        connectors = super().create(vals_list)
        connectors._forget_entries()
        return connectors

    def write(self, vals):
        result = super().write(vals)
        self._forget_entries()
        return result

    def _forget_entries(self):
        # Otherwise what was written stays in the cache, and the answer to the very call that
        # saves a password would carry it back.
        self.invalidate_recordset(ENTRIES, flush=False)

    @api.depends(*SECRETS)
    def _compute_secret_entries(self):
        # sudo: says only whether there is a password.
        for connector, stored in zip(self, self.sudo(), strict=True):
            for name in SECRETS:
                connector[f"{name}_entry"] = MASK if stored[name] else False

    def _inverse_odk_password_entry(self):
        self._store_secret("odk_password")

    def _inverse_callback_auth_password_entry(self):
        self._store_secret("callback_auth_password")

    def _inverse_callback_auth_token_entry(self):
        self._store_secret("callback_auth_token")

    def _inverse_callback_auth_client_secret_entry(self):
        self._store_secret("callback_auth_client_secret")

    def _store_secret(self, name):
        for connector in self:
            entry = connector[f"{name}_entry"]
            if entry != MASK:
                # sudo: the column is closed to everybody; write access to the connector was
                # checked on the way here.
                connector.sudo()[name] = entry
