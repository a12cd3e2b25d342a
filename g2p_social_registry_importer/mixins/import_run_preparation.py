from odoo import fields, models

from ..wire.errors import ConfigurationError, RegistryError, TemporaryError
from ..wire.introspection import fields_by_type, read_schema
from ..wire.question import question
from ..wire.schema import drift, part_in_use


class SocialRegistryImportRunPreparation(models.AbstractModel):
    """What a run finds out before it asks for its first page."""

    _name = "g2p.social.registry.import.run.preparation"
    _description = "Preparation of an Import Run"

    is_full_pass = fields.Boolean(
        "Full Pass", readonly=True, help="Everybody is asked for, not only who is new."
    )
    pass_reason = fields.Text("Why", readonly=True)
    settings_behind = fields.Json(
        readonly=True,
        groups=fields.NO_ACCESS,
        help="Reason to leave something out → digest of the settings that decided about it.",
    )
    not_seen_count = fields.Integer(
        "No Longer Seen",
        readonly=True,
        help="Registrants of this import whom this full pass was the first not to find any more.",
    )
    source_schema = fields.Json(
        "Schema", readonly=True, help="The types of the source that the query touches."
    )
    drift_text = fields.Text(
        "Changes of the Schema",
        readonly=True,
        help="Compared with the last run of this import that was done.",
    )

    def _get_ready(self):
        """Have the source checked up when it is due, decide whom to ask for, and compare schemas.

        :raises wire.errors.RegistryError: this run must not go on; says why
        """
        self.ensure_one()
        run = self.sudo()  # runs are written by the import alone
        trouble = run.data_source_id._check_up_if_due()
        run.write(run.fetch_social_registry_id._prepare_pass_vals(run, trouble))
        run._compare_schemas()

    def _compare_schemas(self):
        policy = self.fetch_social_registry_id.drift_policy
        if policy == "accept":
            return
        self.drift_text = self._drift_words(self._read_schema())
        if self.drift_text and policy == "stop":
            raise ConfigurationError(self._stop_words())

    def _read_schema(self):
        """The registry's schema as it is now; None when it does not show it."""
        try:
            with self.data_source_id._registry_for_questions() as registry:
                return fields_by_type(read_schema(registry, is_group=self.is_group))
        except TemporaryError:
            if self.fetch_social_registry_id.drift_policy == "stop":
                raise
            return None
        except RegistryError:
            return None

    def _drift_words(self, schema):
        """What became different since the last run that was done; False for nothing."""
        here = [("data_source_id", "=", self.data_source_id.id), ("source_schema", "!=", False)]
        before = self._last_done(here).source_schema
        if schema is None:
            gone = self.env._("The registry does not show its schema any more.")
            return bool(before) and gone
        paths = self._registry_query().root_paths()
        self.source_schema = part_in_use(schema, paths)
        return bool(before) and "\n".join(self._each_drift(drift(before, schema, paths)))

    def _each_drift(self, found):
        """One sentence for each kind of change."""
        if found.missed:
            yield self.env._(
                "The query asks for %(names)s, which the registry does not have any more: it will "
                "refuse the query until this is taken out.",
                names=", ".join(found.missed),
            )
        if lost := [name for name in found.lost if name not in found.missed]:
            yield self.env._("No longer there: %(names)s.", names=", ".join(lost))
        if found.retyped:
            yield self.env._("Of another type: %(names)s.", names=", ".join(found.retyped))
        if found.added:
            yield self.env._("New: %(names)s.", names=", ".join(found.added))

    def _stop_words(self):
        return self.env._(
            "The schema of the source has changed, and this import is set to stop then: nothing "
            "was fetched. If the changes are as they should be, let the import report them for one "
            "run."
        )

    def _asks_differently(self):
        """Whether the last run that was done asked for something else, or elsewhere."""
        last = self._last_done([])
        names = ("query", "is_group", "data_source_id")
        return bool(last) and any(last[name] != self[name] for name in names)

    def _last_asking_for_others(self):
        """Id of the last run before this one that asked for other people; 0 for none.

        Who was seen by it and is not seen now may be at the source all the same.
        """
        before = [
            ("fetch_social_registry_id", "=", self.fetch_social_registry_id.id),
            ("id", "<", self.id),
        ]
        groups = self._read_group(before, ["query", "is_group", "data_source_id"], ["id:max"])
        own = (question(self.query), self.is_group, self.data_source_id)
        others = [last for query, *rest, last in groups if (question(query), *rest) != own]
        return max(others, default=0)

    def _is_first_to_ask(self):
        """Whether no run that was done asked for the same people, but an earlier one for others."""
        others = self._last_asking_for_others()
        return bool(others) and not self._last_done([("id", ">", others)])

    def _last_done(self, domain):
        own = [
            ("fetch_social_registry_id", "=", self.fetch_social_registry_id.id),
            ("state", "=", "done"),
            ("id", "<", self.id),
        ]
        return self.search([*own, *domain], order="id desc", limit=1)
