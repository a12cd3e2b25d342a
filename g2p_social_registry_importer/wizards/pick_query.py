from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..wire.errors import QueryError
from ..wire.introspection import known_schema
from ..wire.offer import Offer, ValueUnfit
from ..wire.picking import read_query, write_query

#: The ticks are spread over three lists, by where the fields stand.
LISTS = ("own_fields", "list_fields", "member_fields")


class PickQuery(models.TransientModel):
    """Writes the query of an import from ticked fields and filled-in filters.

    Holds names of fields and values of filters, nothing of anybody's record.
    """

    _name = "g2p.social.registry.import.query.picker"
    _description = "Pick the Fields of a Query"

    importer_id = fields.Many2one(
        "g2p.fetch.social.registry.beneficiary", required=True, readonly=True, ondelete="cascade"
    )
    is_group = fields.Boolean(readonly=True)
    schema_note = fields.Char("Offered", compute="_compute_schema_note")
    # Box → label, tick and path. PostgreSQL sorts the keys of JSON, hence the numbers; the screen
    # makes the id of a box of its key, so that no two lists may share one.
    own_fields = fields.Json("Of the Registrant")
    list_fields = fields.Json("IDs and Phones")
    member_fields = fields.Json("Members")
    filter_ids = fields.One2many("g2p.social.registry.import.query.filter", "picker_id", "Filters")
    losses = fields.Text("What Ticks Cannot Say", readonly=True)
    query = fields.Text(compute="_compute_query")
    problem = fields.Text("What Is Missing", compute="_compute_query")

    @api.model
    def _prepare_vals(self, importer):
        """Values of a picker that shows what the query of an import asks for now."""
        offer = self._offer_of(importer)
        picked, filters, losses = self._picked(importer, offer)
        uses = importer._uses(offer.fields)
        lists = {name: {} for name in LISTS}
        for use in sorted(uses, key=lambda use: offer.fields.index(use.path)):
            if use.reason is None or use.reason.value != "members_of_a_person":
                box = importer._tick_box(use, checked=use.path in picked)
                name = _list_of(use.path)
                lists[name][f"{name}_{len(lists[name]):03}"] = {**box, "path": use.path}
        rows = [
            {"name": one.name, "type": one.type, "value": filters.get(one.name, False)}
            for one in offer.filters.values()
        ]
        return {
            "importer_id": importer.id,
            "is_group": importer.target_registry == "group",
            "losses": losses,
            "filter_ids": [Command.create(row) for row in rows],
            **lists,
        }

    @api.model
    def _offer_of(self, importer):
        return Offer(importer._shown_schema() or known_schema())

    @api.model
    def _picked(self, importer, offer):
        """Fields and filters of the query as it is, and what of it cannot be picked, in words."""
        try:
            picked = read_query(offer, importer.query)
        except QueryError as error:
            words = self.env._("The query cannot be read, so nothing is ticked. %s", error)
            return frozenset(), {}, words
        words = [self._loss_words(loss, names) for loss, names in picked.losses.items()]
        return picked.fields, picked.filters, "\n".join(words)

    def _loss_words(self, loss, names):
        listed = ", ".join(names)
        return {
            "fields": self.env._(
                "Fields the registry does not offer, left out: %(names)s", names=listed
            ),
            "filters": self.env._(
                "Filters that cannot be shown, left out: %(names)s", names=listed
            ),
            "arguments": self.env._(
                "Arguments of fields, left out: those of %(names)s", names=listed
            ),
            "directives": self.env._("Directives, left out: %(names)s", names=listed),
            "variables": self.env._("Variables, replaced by their values: %(names)s", names=listed),
            "fragments": self.env._(
                "Fragments, written out where they are used: %(names)s", names=listed
            ),
            "aliases": self.env._(
                "Aliases, which the importer does not use anyway: %(names)s", names=listed
            ),
            "comments": self.env._("Comments, left out: %(names)s", names=listed),
        }[loss.value]

    @api.depends("importer_id")
    def _compute_schema_note(self):
        for picker in self:
            shown = picker.importer_id._shown_schema()
            picker.schema_note = (
                self.env._("What the registry showed at its last check-up.")
                if shown
                else self.env._(
                    "What OpenG2P registries have: this one has not shown its schema yet. Press "
                    "Check Up on the data source."
                )
            )

    @api.depends(*LISTS, "filter_ids.value")
    def _compute_query(self):
        for picker in self:
            offer = picker._offer_of(picker.importer_id)
            values, problems = picker._filter_values(offer)
            ticked = picker._ticked() & set(offer.fields)
            if not ticked:
                problems.append(self.env._("Tick at least one field."))
            picker.query = write_query(offer, ticked, values) if ticked else False
            picker.problem = "\n".join(problems)

    def _ticked(self):
        boxes = [box for name in LISTS for box in (self[name] or {}).values()]
        return {box.get("path") for box in boxes if box.get("checked")}

    def _filter_values(self, offer):
        """Name → value of the filters that are filled in, and what is wrong with the others."""
        values, problems = {}, []
        for row in self.filter_ids.filtered("value"):
            try:
                values[row.name] = offer.filters[row.name].value(row.value)
            except ValueUnfit as unfit:
                words = self.env._("%(filter)s takes %(what)s.", filter=row.label, what=unfit)
                problems.append(words)
        return values, problems

    def action_apply(self):
        """Button "Use This Query": write it to the import.

        :raises UserError: the caller is no import manager, nothing is ticked, a filter is unfit,
            or the query is refused for another reason, see the import
        """
        self._check_manager()
        self.importer_id.query = self._finished_query()
        return {"type": "ir.actions.act_window_close"}

    def action_preview(self):
        """Button "Preview": what would be imported by the picked query, which is not saved yet.

        :raises UserError: the caller is no import manager, nothing is ticked, or a filter is unfit
        """
        self._check_manager()
        self._finished_query()
        return self.env["g2p.social.registry.import.preview"]._open(self.importer_id, self)

    def _finished_query(self):
        if self.problem:
            raise UserError(self.problem)
        return self.query

    def _check_manager(self):
        self.ensure_one()
        self.importer_id._check_query_writer()
        self.importer_id.check_access("write")

    def _open(self):
        """The action that shows this picker."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Pick Fields"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }


def _list_of(path):
    if path.startswith("groupMembershipIds."):
        return "member_fields"
    return "list_fields" if "." in path else "own_fields"
