from odoo import api, fields, models
from odoo.exceptions import UserError

#: What is shown of the record, in this order: field at the source, label.
_SHOWN = ("name", "givenName", "familyName", "birthdate", "gender", "address", "email")


class ResolveImportIssue(models.TransientModel):
    """A person decides who a record in conflict is; the decision is applied at once."""

    _name = "g2p.social.registry.import.resolve.wizard"
    _description = "Resolve a Conflict"

    issue_id = fields.Many2one(
        "g2p.social.registry.import.issue", required=True, readonly=True, ondelete="cascade"
    )
    # Read as the user: the issue may be any that its number names.
    is_group = fields.Boolean(related="issue_id.run_id.is_group", related_sudo=False)
    reason = fields.Text(related="issue_id.reason", related_sudo=False)
    record_label = fields.Char(related="issue_id.record_label", related_sudo=False)
    record_text = fields.Text("As the Source Has It", compute="_compute_record_text")
    candidate_ids = fields.Many2many(related="issue_id.candidate_ids", related_sudo=False)
    decision = fields.Selection(
        [
            ("registrant", "It is this registrant"),
            ("create", "It is somebody new: create a registrant"),
            ("ignore", "Ignore the record, now and in later runs"),
        ],
        required=True,
        default="registrant",
    )
    registrant_id = fields.Many2one(
        "res.partner",
        domain="[('is_registrant', '=', True)]",
    )

    @api.depends("issue_id")
    def _compute_record_text(self):
        for wizard in self:
            wizard.record_text = _as_lines(wizard.issue_id._staged_subject())

    def action_resolve(self):
        """Store the decision and apply it to the staged record.

        :raises UserError: no operator, no registrant chosen, or the choice is of the wrong kind
        """
        self.ensure_one()
        self.env["g2p.social.registry.import.run"]._check_operator()
        if self.decision == "registrant" and not self.registrant_id:
            raise UserError(self.env._("Choose the registrant that is meant."))
        chosen = self.registrant_id if self.decision == "registrant" else self.env["res.partner"]
        return self.issue_id._resolve(self.decision, chosen)


def _as_lines(record):
    """The record for the eyes of an operator; empty when it has expired."""
    lines = [f"{name}: {record[name]}" for name in _SHOWN if record.get(name)]
    lines += [
        f"{row.get('idTypeAsStr')}: {row.get('value')}"
        for row in record.get("regIds") or []
        if isinstance(row, dict)
    ]
    lines += [
        f"member: {(row.get('individual') or {}).get('name')}"
        for row in record.get("groupMembershipIds") or []
        if isinstance(row, dict)
    ]
    return "\n".join(lines)
