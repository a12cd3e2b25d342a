from odoo import api, fields, models

from ..flow.outcome import State
from ..meaning.problems import Code

LABELS = {
    Code.NOT_A_RECORD: "Not a record",
    Code.OTHER_TARGET: "Of the other target registry",
    Code.NAME_MISSING: "No name",
    Code.NO_IDENTIFIER: "No identifier",
    Code.INVALID_VALUE: "Invalid value",
    Code.INCOMPLETE_IDENTIFIER: "Incomplete identifier",
    Code.SECOND_IDENTIFIER: "Second identifier of a type",
    Code.UNKNOWN_IDENTIFIER_TYPE: "Unknown ID type",
    Code.MEMBER_WITHOUT_INDIVIDUAL: "Member without a person",
    Code.MEMBER_UNUSABLE: "Member cannot be read",
    Code.MEMBER_AMBIGUOUS: "Several members fit",
    Code.UNKNOWN_MEMBER_KIND: "Unknown membership kind",
    Code.UNIQUE_KIND_TWICE: "Unique membership kind twice",
    Code.SEVERAL_REGISTRANTS: "Several registrants fit",
    Code.OTHER_KIND: "Person and household mixed up",
    Code.OTHER_COMPANY: "Registrant of another company",
    Code.TWICE_WITHOUT_IDENTIFIER: "Twins without identifier",
    Code.REJECTED: "Rejected by a rule",
    Code.ENROLMENT_REFUSED: "Nobody enrolled",
}


class SocialRegistryImportIssue(models.Model):
    """One record that was not imported as it stood: which, why, and what to do."""

    _name = "g2p.social.registry.import.issue"
    _description = "Import Issue"
    _order = "run_id desc, record_number, id"

    page_id = fields.Many2one(
        "g2p.social.registry.import.page",
        "Page",
        required=True,
        index=True,
        ondelete="cascade",
        readonly=True,
    )
    run_id = fields.Many2one(
        "g2p.social.registry.import.run",
        "Run",
        required=True,
        index=True,
        ondelete="cascade",
        readonly=True,
    )
    company_id = fields.Many2one(related="run_id.company_id")
    record_number = fields.Integer(
        "Record", readonly=True, help="Place in the run, counted from 1; 0: the page as a whole."
    )
    record_label = fields.Char(
        "Identifiers", readonly=True, help="How to find the record at the source."
    )
    outcome = fields.Selection(
        [(state.value, state.value.capitalize()) for state in State],
        "Outcome",
        readonly=True,
        help="What was done with the record all the same.",
    )
    registrant_id = fields.Many2one("res.partner", "Registrant", readonly=True, ondelete="set null")
    code = fields.Selection(
        [(code.value, LABELS[code]) for code in Code], "Reason", required=True, readonly=True
    )
    field_path = fields.Char("Field", readonly=True, help="Where in the record of the source.")
    reason = fields.Text("Explanation", readonly=True)

    @api.depends("code", "record_number")
    def _compute_display_name(self):
        labels = dict(self._fields["code"]._description_selection(self.env))
        for issue in self:
            issue.display_name = (
                self.env._("Record %(number)s: %(reason)s", **issue._title(labels))
                if issue.record_number
                else labels.get(issue.code)
            )

    def _title(self, labels):
        return {"number": self.record_number, "reason": labels.get(self.code)}

    @api.model
    def _prepare_vals(self, page, problem, outcome=None):
        """Values of the row for one problem.

        :param problem: ``meaning.problems.Problem``
        :param outcome: ``flow.outcome.Outcome`` of the record; None for the page as a whole
        """
        values = {
            "page_id": page.id,
            "run_id": page.run_id.id,
            "code": problem.code.value,
            "field_path": problem.field,
            "reason": problem.reason,
        }
        return {**values, **self._record_vals(page, outcome)} if outcome else values

    @api.model
    def _record_vals(self, page, outcome):
        return {
            "record_number": page.offset + outcome.index + 1,
            "record_label": outcome.label,
            "outcome": outcome.state.value,
            "registrant_id": outcome.registrant_id,
        }
