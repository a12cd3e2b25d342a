from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..flow.context import field_mapping
from ..flow.targets import writable_targets
from ..meaning.mapping import FieldMapping
from ..meaning.uses import Uses, gaps
from ..wire.errors import QueryError
from ..wire.introspection import known_schema, schema_of
from ..wire.offer import Offer
from ..wire.picking import write
from ..wire.query import SINCE_ARGUMENT, Page, RegistryQuery
from ..wire.schema_check import check_against_schema

#: Fields that nobody asks of a household.
_OF_PERSONS = {"givenName", "familyName", "addlName", "birthdate", "birthPlace", "gender"}


class SocialRegistryImportQuery(models.AbstractModel):
    """The query of an import: checked when it is saved, and explained on the form."""

    _name = "g2p.social.registry.import.query"
    _description = "Query of an Import"

    query = fields.Text(
        required=True,
        default=lambda self: self._default_query(is_group=True),
        help="GraphQL with getRegistrants. The importer adds isGroup, limit, offset and order.",
    )
    query_warning = fields.Text("What to Know", compute="_compute_query_explanation")
    query_uses = fields.Html(
        "What Becomes of Each Field", compute="_compute_query_explanation", sanitize=False
    )

    # -- checked when it is saved ----------------------------------------------------------------

    @api.constrains("query", "target_registry", "data_source_id")
    def _check_query(self):
        for importer in self:
            try:
                importer._parsed_query()
            except QueryError as error:
                message = self.env._("The query cannot be used. %(why)s", why=error)
                raise ValidationError(message) from error
            if refusal := importer._schema_refusal():
                raise ValidationError(refusal)

    def _parsed_query(self):
        """The query, if it can be sent for the target of this import.

        :raises QueryError: see :class:`RegistryQuery` and :meth:`RegistryQuery.for_page`
        """
        query = RegistryQuery(self.query)
        query.for_page(self._any_page())
        if query.created_since and SINCE_ARGUMENT in self._unsent_arguments():
            raise QueryError(
                self.env._(
                    "Remove %(name)s: the data source says that the registry has no filter of "
                    "this kind, so everybody would be fetched.",
                    name=SINCE_ARGUMENT,
                )
            )
        return query

    def _unsent_arguments(self):
        """Arguments that the importer does not send to this registry."""
        source = self._source()
        if source.protocol != "graphql":
            return set()
        return {usual for usual, name in source._dialect().arguments.items() if not name}

    def _any_page(self):
        return Page(is_group=self.target_registry == "group", limit=1)

    def _schema_refusal(self):
        """What the registry would not accept of the query, in words; empty when all is well, or
        when it never showed its schema.
        """
        schema = self._shown_schema()
        try:
            if schema:
                query, unsent = RegistryQuery(self.query), self._unsent_arguments()
                check_against_schema(query, self._any_page(), schema, unsent)
        except QueryError as error:
            return self.env._(
                "The registry would refuse the query, by the schema it showed on %(day)s:\n"
                "%(why)s\nIf the registry has changed since, press Check Up on the data source.",
                day=fields.Date.to_string(self._source().checkup_date) or "–",
                why=error,
            )
        return ""

    def _shown_schema(self):
        text = self._source().source_schema_text
        return text and schema_of(text)

    def _source(self):
        # sudo: operators do not see how the registry is connected; here only its schema and its
        # field mapping are read.
        return self.data_source_id.sudo()

    # -- explained on the form -------------------------------------------------------------------

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

    # -- written for the engineer ----------------------------------------------------------------

    def action_pick_fields(self):
        """Button "Pick Fields": the action that opens the picker on this query.

        :raises UserError: the caller is no import manager
        """
        self.ensure_one()
        self._check_query_writer()
        pickers = self.env["g2p.social.registry.import.query.picker"]
        return pickers.create(pickers._prepare_vals(self))._open()

    def action_preview(self):
        """Button "Preview": the action that shows the first records, as they would be written.

        :raises UserError: the caller is no import operator
        """
        self.ensure_one()
        self.check_access("read")
        return self.env["g2p.social.registry.import.preview"]._open(self)

    def _check_query_writer(self):
        if not self.env.user.has_group("g2p_social_registry_importer.group_import_manager"):
            raise UserError(self.env._("Only import managers may do this."))

    # -- to begin with ---------------------------------------------------------------------------

    @api.model
    def _default_query(self, *, is_group):
        """All that an OpenG2P registry has and that can be written here."""
        offer = Offer(known_schema())
        uses = Uses(FieldMapping({}, writable_targets(self.env)), (), is_group=is_group)
        fields_of = [use.path for use in uses.of(offer.fields) if use.reason is None]
        if is_group:
            fields_of = [path for path in fields_of if path not in _OF_PERSONS]
        return write(offer, fields_of, {})

    @api.onchange("target_registry")
    def _onchange_target_registry_of_query(self):
        """A query nobody has touched yet follows the target."""
        is_group = self.target_registry == "group"
        if self.query == self._default_query(is_group=not is_group):
            self.query = self._default_query(is_group=is_group)
