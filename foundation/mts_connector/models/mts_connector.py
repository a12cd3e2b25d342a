import json

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..checks.mapping import DEFAULT


class MTSConnector(models.Model):
    """What is sent to a MOSIP Token Seeder (MTS), when, and how the answer comes back."""

    _name = "mts.connector"
    _inherit = [
        "g2p.own.fields",
        "mts.connector.secrets.mixin",
        "mts.connector.answers.mixin",
        "mts.connector.odk.mixin",
        "mts.connector.following.mixin",
        "mts.connector.transport.mixin",
        "mts.connector.schedule.mixin",
        "mts.connector.work.mixin",
    ]
    _description = "MTS Connector"
    _own_fields = ("job_status",)
    _order = "name, id"

    name = fields.Char(required=True)
    input_type = fields.Selection([("odk", "ODK")], required=True, default="odk")
    mapping = fields.Text(
        required=True,
        default=lambda self: json.dumps(self._default_mapping(), indent=2),
        help="JSON: where MTS finds vid, name, gender, dob, phoneNumber, emailId and fullAddress "
        "in each record.",
    )
    lang_code = fields.Char(
        string="Language",
        required=True,
        default="eng",
        help="Language of names and addresses: three letters, as in ISO 639-2.",
    )
    job_status = fields.Selection(
        [
            ("draft", "Draft"),
            ("started", "Started"),
            ("running", "Running"),
            ("completed", "Completed"),
        ],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
    )
    _name_uniq = models.Constraint("UNIQUE(name)", "There is already a connector of this name.")
    _lang_code_letters = models.Constraint(
        "CHECK (lang_code ~ '^[a-z]{3}$')", "The language is three small letters, such as eng."
    )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_at_work(self):
        if any(connector.job_status in ("started", "running") for connector in self):
            raise UserError(self.env._("A connector that is started or running cannot be deleted."))

    def copy_data(self, default=None):
        vals_list = super().copy_data(default)
        if "name" in (default or {}):
            return vals_list
        return [
            {**vals, "name": self.env._("%s (copy)", connector.name)}
            for connector, vals in zip(self, vals_list, strict=True)
        ]

    @api.model
    def _default_mapping(self):
        """Return the mapping of a new connector as a dictionary."""
        return DEFAULT
