import hashlib
import json

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

#: What was approved: a change of any of these needs a new approval.
APPROVED_FIELDS = (
    "g2p_purpose",
    "mts_url",
    "mapping",
    "g2p_search_domain",
    "g2p_selected_fields",
    "lang_code",
    "output_format",
    "delivery_type",
    "callback_url",
    "callback_httpmethod",
    "callback_authtype",
    "callback_auth_url",
    "callback_auth_database",
    "g2p_answer_base_url",
)
#: System parameters: which ID is sent, and whose need none because they have a token.
APPROVED_PARAMETERS = ("g2p_mts.vid_id_type", "g2p_mts.uin_token_id_type")
OFFICERS = "g2p_mts.group_mts_officer"


class MTSApprovalMixin(models.AbstractModel):
    """What leaves the system, for which purpose, and who agreed to it."""

    _name = "g2p.mts.approval.mixin"
    _inherit = ["mail.thread"]
    _description = "Approval of What Is Sent to an MTS"
    _own_fields = ("g2p_approved_by_id", "g2p_approved_at", "g2p_approved_digest")

    g2p_purpose = fields.Text(
        "Purpose", help="Why these data leave this system. Printed on “What Leaves This System”."
    )
    g2p_approved_by_id = fields.Many2one("res.users", "Approved By", readonly=True, copy=False)
    g2p_approved_at = fields.Datetime("Approved", readonly=True, copy=False)
    g2p_approved_digest = fields.Char(readonly=True, copy=False, groups=fields.NO_ACCESS)
    g2p_is_approved = fields.Boolean("Is Approved", compute="_compute_g2p_is_approved")

    @api.depends("g2p_approved_digest", "g2p_company_ids", *APPROVED_FIELDS)
    def _compute_g2p_is_approved(self):
        # sudo: only whether the digests are the same is shown.
        for connector in self.sudo():
            digest = connector.g2p_approved_digest
            connector.g2p_is_approved = bool(digest) and digest == connector._approval_digest()

    def _approval_digest(self):
        # sudo: of the settings, only the digest is kept.
        parameters = self.env["ir.config_parameter"].sudo()
        content = {name: self[name] or "" for name in APPROVED_FIELDS}
        content |= {name: parameters.get_param(name) or "" for name in APPROVED_PARAMETERS}
        content["g2p_company_ids"] = sorted(self.g2p_company_ids.ids)
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()

    def action_approve(self):
        """Button "Approve": agree to what the connector sends, as it is described now.

        :raises AccessError: the caller is no data-protection officer
        :raises UserError: the purpose is missing
        """
        self.ensure_one()
        if not self.env.user.has_group(OFFICERS):
            raise AccessError(self.env._("Only data-protection officers approve what is sent."))
        self.check_access("read")
        if not (self.g2p_purpose or "").strip():
            raise UserError(self.env._("Say first for which purpose the data are sent."))
        # sudo: officers read connectors and approve them, but do not change them.
        connector = self.sudo()
        connector.write(
            {
                "g2p_approved_by_id": self.env.uid,
                "g2p_approved_at": fields.Datetime.now(),
                "g2p_approved_digest": connector._approval_digest(),
            }
        )
        connector.message_post(body=self.env._("Approved: what is sent, and to whom."))

    def _check_ready(self):
        if self.input_type == "custom" and not self.g2p_is_approved:
            raise UserError(self._approval_words())
        return super()._check_ready()

    def _stops_unapproved(self):
        """Stop the connector if what it would send now is not what was approved.

        Nobody who waits to be sent is: they are taken up again when it is approved and started.

        :returns: whether it was stopped
        """
        if self.g2p_is_approved:
            return False
        self._stop_with(self._approval_words())
        return True

    def _approval_words(self):
        return self.env._(
            "Nothing is sent before a data-protection officer has approved it, or approved it "
            "again after a change."
        )
