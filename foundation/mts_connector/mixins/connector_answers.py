import json

from odoo import fields, models
from odoo.exceptions import UserError

from ..wire.callback import Authentication, Callback, OAuth, OdooLogin, StaticBearer
from ..wire.envelope import Submission


class MTSConnectorAnswersMixin(models.AbstractModel):
    """How the answers come back: as what, whereto, and as whom the MTS brings them."""

    _name = "mts.connector.answers.mixin"
    _description = "Answers to an MTS Connector"

    output_type = fields.Selection(
        [("json", "JSON"), ("csv", "CSV")], string="Output", required=True, default="json"
    )
    delivery_type = fields.Selection(
        [("callback", "The MTS brings them"), ("download", "They are fetched")],
        string="Answers",
        required=True,
        default="callback",
    )
    output_format = fields.Text(
        help="jq program that MTS runs on each result. Left empty, the result comes as it is."
    )
    callback_url = fields.Char(string="Callback URL")
    callback_httpmethod = fields.Selection(
        [("POST", "POST"), ("PUT", "PUT"), ("GET", "GET"), ("PATCH", "PATCH")],
        string="Callback HTTP Method",
        default="POST",
    )
    callback_timeout = fields.Integer(default=10, help="Seconds MTS waits for each answer.")
    callback_in_bulk = fields.Boolean(
        "All in One Call", help="Otherwise the MTS makes a call for each person."
    )
    callback_file_name = fields.Char(
        "Form Field of the File", default="file", help="For CSV, which is brought as a file."
    )
    callback_authtype = fields.Selection(
        [
            ("none", "None"),
            ("odoo", "Odoo"),
            ("oauth", "OAuth"),
            ("staticBearer", "Fixed bearer token"),
        ],
        string="Callback Authentication",
        default="odoo",
    )
    callback_auth_url = fields.Char(string="Callback Authentication URL")
    callback_auth_database = fields.Char(string="Callback Database")
    callback_auth_username = fields.Char(string="Callback User Name")
    callback_auth_client_id = fields.Char(string="Callback Client ID")

    _timeout_positive = models.Constraint(
        "CHECK (callback_timeout > 0)", "The callback timeout must be at least one second."
    )

    def _submission(self):
        """What is asked of the MTS.

        :rtype: wire.envelope.Submission
        """
        self.ensure_one()
        return Submission(
            output=self.output_type,
            mapping=json.loads(self.mapping),
            output_format=(self.output_format or "").strip(),
            lang=self.lang_code,
            callback=self._callback() if self.delivery_type == "callback" else None,
        )

    def _callback(self):
        is_file = self.output_type == "csv"
        return Callback(
            url=self.callback_url,
            method=self.callback_httpmethod or "POST",
            timeout=self.callback_timeout,
            # MTS brings a file in one call only.
            in_bulk=is_file or self.callback_in_bulk,
            file_name=(self.callback_file_name or "file") if is_file else "",
            authentication=self._callback_authentication(),
        )

    def _callback_authentication(self):
        """As whom the MTS calls. The secrets are handed to the MTS, which stores them."""
        match self.callback_authtype:
            case "odoo":
                return OdooLogin(
                    self.callback_auth_url,
                    self.callback_auth_database,
                    self.callback_auth_username,
                    self._secret("callback_auth_password"),
                )
            case "oauth":
                return OAuth(
                    self.callback_auth_url or "",
                    self.callback_auth_username or "",
                    self._secret("callback_auth_password"),
                    self.callback_auth_client_id or "",
                    self._secret("callback_auth_client_secret"),
                )
            case "staticBearer":
                return StaticBearer(self._secret("callback_auth_token"))
        return Authentication()

    def _check_ready(self):
        if self.delivery_type == "callback":
            self._require(*self._needed_for_callback())
        return super()._check_ready()

    def _needed_for_callback(self):
        """Names of the fields a callback cannot do without."""
        if self.callback_authtype == "oauth" and not self.callback_auth_username:
            return ("callback_url", "callback_auth_url", "callback_auth_client_id")
        by_login = {
            "odoo": (
                "callback_auth_url",
                "callback_auth_database",
                "callback_auth_username",
                "callback_auth_password",
            ),
            "oauth": ("callback_auth_url",),
            "staticBearer": ("callback_auth_token",),
        }
        return ("callback_url", *by_login.get(self.callback_authtype, ()))

    def _addresses_used(self):
        names = super()._addresses_used()
        if self.delivery_type != "callback":
            return names
        return [*names, "callback_url", "callback_auth_url"]

    def _require(self, *names):
        """Refuse to start while one of these fields is empty.

        :raises UserError: names them all, or the one that its place outside does not have
        """
        missing = [
            self._fields[name]._description_string(self.env)
            for name in names
            if not (self._secret(name) if name in self._secrets else self[name])
        ]
        if missing:
            raise UserError(self.env._("Still missing: %s.", ", ".join(missing)))
