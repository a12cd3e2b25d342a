from odoo import api, fields, models

from ..flow.rehearsal import rehearse
from ..wire.bad_rows import fetch_page
from ..wire.errors import RegistryError
from ..wire.query import Page, RegistryQuery

MOST_RECORDS = 20


class PreviewImport(models.TransientModel):
    """The first records of a registry: as they arrive, and as they would be written.

    What is shown is somebody's data, so it is worked out for the open dialog alone and stored
    nowhere: the field has no column, and a row that was saved shows nothing. What is written in
    order to see what would be written is rolled back.
    """

    _name = "g2p.social.registry.import.preview"
    _description = "Preview of an Import"

    importer_id = fields.Many2one(
        "g2p.fetch.social.registry.beneficiary", required=True, readonly=True, ondelete="cascade"
    )
    picker_id = fields.Many2one(
        "g2p.social.registry.import.query.picker", readonly=True, ondelete="cascade"
    )
    record_count = fields.Integer(
        "Records", required=True, default=5, help="From 1 to 20, in the order of the source."
    )
    result = fields.Html(compute="_compute_result", sanitize=False)

    @api.depends("importer_id", "picker_id", "record_count")
    def _compute_result(self):
        for preview in self:
            is_open_dialog = not preview.id and preview.importer_id
            preview.result = is_open_dialog and preview._render()

    def _render(self):
        """The preview as HTML.

        :raises UserError: the caller is no import operator, or may not see this query's answer
        """
        self._check_may_see()
        try:
            answer = self._fetch()
        except RegistryError as error:
            return self.env["ir.qweb"]._render(
                "g2p_social_registry_importer.preview_refusal", {"words": str(error)}
            )
        found = rehearse(self._for_import(), answer.records, answer.refusals)
        return self.env["ir.qweb"]._render(
            "g2p_social_registry_importer.preview", self._prepare_shown(found)
        )

    def _check_may_see(self):
        self.env["g2p.social.registry.import.run"]._check_operator()
        self.importer_id.check_access("read")
        if self.picker_id:  # a query that nobody has approved yet may ask for anything
            self.picker_id._check_manager()

    def _fetch(self):
        """The first records the query asks for, however the cursor stands.

        :raises wire.errors.RegistryError: there is no answer; says why
        """
        importer = self.importer_id
        query = RegistryQuery(self._query())
        limit = min(max(self.record_count, 1), MOST_RECORDS)
        page = Page(is_group=importer.target_registry == "group", limit=limit)
        # sudo: operators do not see how the registry is connected.
        source = importer.data_source_id.sudo()
        source._check_usable()
        with source._registry_for_questions() as registry:
            return fetch_page(registry, query, page)

    def _query(self):
        return self.picker_id._finished_query() if self.picker_id else self.importer_id.query

    def _for_import(self):
        """The import as a run of it would be made now."""
        importer = self.importer_id
        companies = {"allowed_company_ids": importer.company_id.ids}
        return importer.with_context(**companies)

    def _prepare_shown(self, found):
        """What the template shows, in words.

        :param found: ``flow.rehearsal.Rehearsal``
        """
        return {
            "records": [self._prepare_record(record) for record in found.records],
            "problems": [problem.reason for problem in found.problems],
            "program": self.importer_id.target_program.name,
        }

    def _prepare_record(self, record):
        outcome = record.outcome
        return {
            "number": outcome.index + 1,
            "state": outcome.state.value,
            "verdict": self._verdict(outcome),
            "problems": [self._problem_words(problem) for problem in outcome.problems],
            "people": [self._prepare_person(person) for person in record.people],
            "leaving": record.leaving,
            "raw": "" if record.people else _as_lines(record.raw),
        }

    def _verdict(self, outcome):
        return {
            "created": self.env._("would be created"),
            "updated": self.env._("would be updated"),
            "unchanged": self.env._("is as it is here already"),
            "skipped": self.env._("would be skipped"),
            "conflict": self.env._("would wait for a decision (conflict)"),
            "failed": self.env._("could not be imported"),
        }[outcome.state.value]

    def _problem_words(self, problem):
        # Only those the user may see: a candidate can be of another company.
        candidates = self.env["res.partner"].browse(problem.candidates)._filtered_access("read")
        names = ", ".join(candidates.mapped("display_name"))
        words = f"{problem.field}: {problem.reason}" if problem.field else problem.reason
        return (
            self.env._("%(words)s Here: %(names)s.", words=words, names=names) if names else words
        )

    def _prepare_person(self, person):
        here = self.env["res.partner"].browse(person.registrant_id or [])
        return {
            "name": person.name,
            "is_member": person.is_member,
            "state": person.state,
            "verdict": self._person_verdict(person, here._filtered_access("read")),
            "lines": [self._prepare_line(line) for line in person.lines],
        }

    def _person_verdict(self, person, here):
        if person.state == "created":
            return self.env._("new")
        if person.state == "conflict":
            return self.env._("not decided")
        changes = person.state == "updated" and self.env._("changes") or self.env._("unchanged")
        return f"{changes}: {here.display_name} ({here.id})" if here else changes

    def _prepare_line(self, line):
        importer = self.importer_id
        return {
            "path": line.path or "–",
            "arrived": _text(line.arrived) if line.path else self.env._("not sent"),
            "is_null": bool(line.path) and line.arrived in (None, ""),
            "label": importer._field_label(line.use),
            "remark": importer._use_remark(line.use),
            "before": line.before,
            "after": line.after,
            "is_change": line.is_change,
        }

    # -- buttons ---------------------------------------------------------------------------------

    @api.model
    def _open(self, importer, picker=None):
        """The action that opens the dialog.

        :raises UserError: the caller is no import operator
        """
        self.env["g2p.social.registry.import.run"]._check_operator()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Preview"),
            "res_model": self._name,
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_importer_id": importer.id,
                "default_picker_id": picker and picker.id,
                "dialog_size": "extra-large",
            },
        }

    def action_back(self):
        """Button "Back to the Fields": the action that opens the picker again."""
        self._check_may_see()
        return self.picker_id._open()

    def action_apply(self):
        """Button "Use This Query": see :meth:`PickQuery.action_apply`."""
        self._check_may_see()
        return self.picker_id.action_apply()


def _text(value):
    if value is None:
        return "null"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _as_lines(raw):
    """The plain values of a record that could not be read or written."""
    if not isinstance(raw, dict):
        return ""
    return "\n".join(
        f"{name}: {_text(value)}" for name, value in raw.items() if not isinstance(value, list)
    )
