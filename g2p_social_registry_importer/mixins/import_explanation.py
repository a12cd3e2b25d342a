from odoo import api, fields, models

from ..flow.context import field_mapping
from ..flow.targets import writable_targets
from ..meaning.uses import Uses, gaps
from ..wire.errors import QueryError


class SocialRegistryImportQueryExplanation(models.AbstractModel):
    """What becomes of each field of a query, and what the query lacks, in words."""

    _name = "g2p.social.registry.import.query.explanation"
    _description = "Explanation of a Query"

    query_warning = fields.Text("What to Know", compute="_compute_query_explanation")
    query_uses = fields.Html(
        "What Becomes of Each Field", compute="_compute_query_explanation", sanitize=False
    )

    @api.depends(
        "query",
        "target_registry",
        "data_source_id.source_schema_text",
        "data_source_id.data_source_field_mapping_ids",
        "import_registrant_without_id",
    )
    def _compute_query_explanation(self):
        for importer in self:
            try:
                uses = importer._uses(importer._parsed_query().root_paths())
            except QueryError as error:
                importer.update({"query_warning": str(error), "query_uses": False})
                continue
            words = [importer._gap_words(gap) for gap in gaps(uses)]
            importer.query_warning = "\n".join(filter(None, [importer._schema_refusal(), *words]))
            importer.query_uses = self.env["ir.qweb"]._render(
                "g2p_social_registry_importer.query_uses", {"rows": importer._use_rows(uses)}
            )

    def _uses(self, paths):
        """What the import makes of fields.

        :param paths: dotted names below the root field
        :rtype: list[meaning.uses.Use]
        """
        mapping = field_mapping(self._source(), writable_targets(self.env))
        known = self.env["res.partner"]._fields
        return Uses(mapping, known, is_group=self.target_registry == "group").of(paths)

    def _unknown_fields(self, query):
        """Names the query asks for that lead to no field here."""
        mapping = field_mapping(self._source(), writable_targets(self.env))
        return mapping.unknown_fields(query.root_paths())

    def _use_rows(self, uses):
        """What :meth:`_uses` found, for people: field of the source, field here, remark."""
        return [
            {
                "path": use.path,
                "target": self._field_label(use),
                "remark": self._use_remark(use),
                "is_of_member": use.is_of_member,
            }
            for use in uses
        ]

    def _tick_box(self, use, *, checked):
        """A field for the widget ``json_checkboxes``: what it is, where it goes, or why not."""
        name = use.path.removeprefix("groupMembershipIds.")
        label = self._field_label(use) or self.env._("left out")
        return {
            "label": f"{name} → {label}",
            "checked": checked,
            "question_circle": self._use_remark(use),
        }

    def _field_label(self, use):
        if not use.model:
            return ""
        label = self.env[use.model]._fields[use.field]._description_string(self.env)
        lists = {
            "g2p.reg.id": self.env._("ID"),
            "g2p.phone.number": self.env._("Phone"),
            "g2p.group.membership": self.env._("Membership"),
        }
        return ": ".join(filter(None, [lists.get(use.model), label]))

    def _use_remark(self, use):
        if use.reason is None:
            return self.env._("A null empties the field.") if use.clears else ""
        return {
            "unknown": self.env._(
                "There is no such field here. Add a row to the field mapping of the data source, "
                "or take it out of the query."
            ),
            "ours": self.env._("The field here is not for imports to write."),
            "day_only": self.env._("The registry gives the day only; nothing here goes by it."),
            "group_kind": self.env._("The registry sends no name for it, but a debug text."),
            "compared": self.env._("Only compared with the target registry."),
            "graphql": self.env._("Says what GraphQL calls the record; nothing to import."),
            "not_read": self.env._("Not read from this list."),
            "nested": self.env._(
                "A record inside the record; only IDs, phones and members are read from one."
            ),
            "members_of_a_person": self.env._("Members are imported with households only."),
        }[use.reason.value]

    def _gap_words(self, gap):
        return {
            "name": self.env._("The query asks for no name: no record could be imported."),
            "identifiers": self._identifier_words(),
            "persons": self.env._(
                "The query asks for members, but not for the individual: no member could be "
                "imported. Add individual with its fields."
            ),
            "member_names": self.env._(
                "The query asks for no name of the members: none of them could be imported."
            ),
            "member_identifiers": self.env._(
                "The query asks for members without regIds { idTypeAsStr value }: they are "
                "recognised by name and birth date inside their household only, and who moves to "
                "another household is created anew."
            ),
        }[gap.value]

    def _identifier_words(self):
        if self.import_registrant_without_id:
            return self.env._(
                "The query does not ask for regIds { idTypeAsStr value }: registrants are "
                "recognised by name and birth date only, and never as one that is here already."
            )
        return self.env._(
            "The query does not ask for regIds { idTypeAsStr value }: nobody could be recognised, "
            "so every record is skipped."
        )
