from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ..flow.targets import writable_targets
from ..meaning.mapping import FieldMapping
from ..meaning.uses import Uses
from ..wire.errors import QueryError
from ..wire.introspection import known_schema, schema_of
from ..wire.offer import Offer
from ..wire.picking import write_query
from ..wire.query import SINCE_ARGUMENT, Page, RegistryQuery
from ..wire.schema_check import check_against_schema

#: Fields that nobody asks of a household.
_OF_PERSONS = {"givenName", "familyName", "addlName", "birthdate", "birthPlace", "gender"}


class SocialRegistryImportQuery(models.AbstractModel):
    """The query of an import: checked when it is saved, picked and previewed."""

    _name = "g2p.social.registry.import.query"
    _inherit = ["g2p.social.registry.import.query.explanation"]
    _description = "Query of an Import"

    query = fields.Text(
        required=True,
        default=lambda self: self._default_query(is_group=True),
        help="GraphQL with getRegistrants. The importer adds isGroup, limit, offset and order.",
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

    # -- written for the engineer ----------------------------------------------------------------

    def action_pick_fields(self):
        """Button "Pick Fields": the action that opens the picker on this query.

        :raises AccessError: the caller is no import manager
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
            raise AccessError(self.env._("Only import managers may do this."))

    # -- to begin with ---------------------------------------------------------------------------

    @api.model
    def _default_query(self, *, is_group):
        """All that an OpenG2P registry has and that can be written here."""
        offer = Offer(known_schema())
        uses = Uses(FieldMapping({}, writable_targets(self.env)), (), is_group=is_group)
        fields_of = [use.path for use in uses.of(offer.fields) if use.reason is None]
        if is_group:
            fields_of = [path for path in fields_of if path not in _OF_PERSONS]
        return write_query(offer, fields_of, {})

    @api.onchange("target_registry")
    def _onchange_target_registry_of_query(self):
        """A query nobody has touched yet follows the target."""
        is_group = self.target_registry == "group"
        if self.query == self._default_query(is_group=not is_group):
            self.query = self._default_query(is_group=is_group)
