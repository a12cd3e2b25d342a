import json
import re

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..flow.outcome import State
from ..meaning.problems import BLOCKING, Code

#: The path of a problem that concerns one member of a household.
_MEMBER = re.compile(r"groupMembershipIds\[(\d+)\]\.individual")

LABELS = {
    Code.REFUSED_AT_SOURCE: "Refused at the source",
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
    Code.INVALID_IDENTIFIER: "Known by an invalid identifier only",
    Code.SEVERAL_RECORDS: "Several records for one registrant",
    Code.SENT_TWICE: "Sent twice, with different content",
    Code.OTHER_KIND: "Person and household mixed up",
    Code.OTHER_COMPANY: "Registrant of another company",
    Code.TWICE_WITHOUT_IDENTIFIER: "Twins without identifier",
    Code.SEVERAL_HOUSEHOLDS: "Member of several households",
    Code.HELD_ELSEWHERE: "Identifier of another registrant",
    Code.IGNORED: "Ignored by decision",
    Code.CHANGED_SINCE: "Not undone: changed since",
    Code.IN_USE_SINCE: "Not undone: in use since",
    Code.UNDO_REJECTED: "Not undone: rejected by a rule",
    Code.REJECTED: "Rejected by a rule",
    Code.ENROLMENT_REFUSED: "Nobody enrolled",
    Code.ARCHIVED_HERE: "Archived here, not enrolled",
}


class SocialRegistryImportIssue(models.Model):
    """One record that was not imported as it stood: which, why, and what to do."""

    _name = "g2p.social.registry.import.issue"
    _inherit = ["g2p.social.registry.import.issue.noting"]
    _description = "Import Issue"
    _order = "run_id desc, record_number, id"

    page_id = fields.Many2one(
        "g2p.social.registry.import.page",
        index=True,
        ondelete="cascade",
        readonly=True,
        help="Empty when it is about the run as a whole, or about undoing it.",
    )
    run_id = fields.Many2one(
        "g2p.social.registry.import.run",
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
        readonly=True,
        help="What was done with the record all the same.",
    )
    registrant_id = fields.Many2one("res.partner", readonly=True, ondelete="set null")
    code = fields.Selection(
        [(code.value, LABELS[code]) for code in Code], "Reason", required=True, readonly=True
    )
    field_path = fields.Char("Field", readonly=True, help="Where in the record of the source.")
    reason = fields.Text("Explanation", readonly=True)
    subject = fields.Char(readonly=True, groups=fields.NO_ACCESS)
    can_be_resolved = fields.Boolean(compute="_compute_can_be_resolved")
    candidate_ids = fields.Many2many(
        "res.partner", string="Candidates", readonly=True, help="Registrants that may be meant."
    )

    @api.depends("subject")
    def _compute_can_be_resolved(self):
        for issue in self:
            # sudo: the subject is closed; only whether there is one is shown.
            issue.can_be_resolved = bool(issue.sudo().subject)

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
            "subject": problem.subject,
        }
        if problem.candidates:  # mostly there are none, and each empty list costs time
            values["candidate_ids"] = [Command.set(problem.candidates)]
        return {**values, **self._record_vals(page, outcome)} if outcome else values

    @api.model
    def _prepare_run_vals(self, run, registrant, problem):
        """Values of the row for a registrant of a run, whatever record brought him.

        That is somebody whom undoing the run has left as he is, or who is in several households.
        """
        return {
            "run_id": run.id,
            "registrant_id": registrant.id,
            "code": problem.code.value,
            "reason": problem.reason,
        }

    @api.model
    def _record_vals(self, page, outcome):
        return {
            "record_number": page.offset + outcome.index + 1,
            "record_label": outcome.label,
            "outcome": outcome.state.value,
            "registrant_id": outcome.registrant_id,
        }

    # -- resolving -------------------------------------------------------------------------------

    def action_resolve(self):
        """Open the dialogue in which a person decides about this record.

        :raises UserError: there is nothing to decide
        """
        self.ensure_one()
        self.check_access("read")
        if not self.can_be_resolved:
            raise UserError(
                self.env._("Nothing can be decided about this record; correct it at the source.")
            )
        wizard = self.env["g2p.social.registry.import.resolve.wizard"].create(
            {"issue_id": self.id, "registrant_id": self.candidate_ids[:1].id}
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Who Is This?"),
            "res_model": wizard._name,
            "res_id": wizard.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def action_retry(self):
        """Import the records of these issues again, as they were staged; or enrol them.

        :raises AccessError: the caller is no operator
        :raises UserError: a newer run exists, or the staged records have expired
        """
        self.check_access("read")
        self.env["g2p.social.registry.import.run"]._check_operator()
        lost = self.filtered(lambda i: i.outcome in ("skipped", "conflict", "failed"))
        refused = self.page_id._enrolment_refusals() & self
        if not lost | refused:
            raise UserError(self.env._("These records are in; fetch again to complete them."))
        for page, issues in (lost | refused).grouped("page_id").items():
            page._retry({issue._index() for issue in issues - refused})
        return {"type": "ir.actions.act_window_close"}

    def _keeps_somebody_out(self):
        """Whether the record, or a member of it, is not in because of this issue."""
        lost = self.outcome in ("failed", "conflict")
        return bool(self.record_number) and (lost or self.code in BLOCKING)

    def _resolve(self, decision, registrant):
        """Store a decision about the record; apply it if the record is still staged."""
        self.ensure_one()
        self._check_choice(decision, registrant)
        self.env["g2p.social.registry.import.decision"]._decide(self, decision, registrant)
        run = self.run_id
        # What a cancelled run has left out comes in with the next one, by this decision.
        if run.state != "cancelled" and self._staged_record():
            self.page_id._retry({self._index()})
        return {
            "type": "ir.actions.act_window",
            "res_model": run._name,
            "res_id": run.id,
            "views": [(False, "form")],
        }

    def _check_choice(self, decision, registrant):
        # sudo: the subject is closed to everybody; only whether there is one is looked at.
        if not self.sudo().subject:
            raise UserError(self.env._("Nothing can be decided about this record."))
        if decision == "registrant":
            registrant.check_access("write")
            if not registrant.is_registrant or registrant.is_group != self._is_about_group():
                raise UserError(self.env._("Choose a registrant of the same kind as the record."))

    def _is_about_group(self):
        return self.run_id.is_group and not _MEMBER.match(self.field_path or "")

    def _index(self):
        return self.record_number - 1 - self.page_id.offset

    def _staged_subject(self):
        """Whom the issue is about, as the source has it: the record, or one of its members."""
        record = self._staged_record()
        if member := _MEMBER.match(self.field_path or ""):
            return record["groupMembershipIds"][int(member[1])]["individual"] if record else {}
        return record

    def _staged_record(self):
        """The record as it came, camelCase keys; empty when it has expired.

        :raises AccessError: the caller may not read the issue
        """
        self.ensure_one()
        self.check_access("read")
        # sudo: the staged page is closed; operators see the one record they have to decide about.
        payload = self.page_id.sudo().payload
        record = json.loads(payload)[self._index()] if payload and self.record_number else {}
        return record if isinstance(record, dict) else {}
