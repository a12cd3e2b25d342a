import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..wire.checkup import CheckUp, Finding, advise, check_up
from ..wire.errors import RegistryError

STRATEGIES = [
    ("full", "Everybody, each time"),
    ("incremental_full", "Who is new, and everybody every few days"),
    ("incremental", "Who is new since the last run"),
]
#: What a check-up finds out with yes or no; the field of each is called ``checkup_<name>``.
FINDINGS = (
    "obeys_limit",
    "obeys_offset",
    "obeys_order",
    "total_is_total",
    "obeys_filter",
    "sees_new",
    "sees_updates",
    "sees_member_updates",
    "shows_clock",
)
#: Seconds to wait for a small answer: the page fetched next has to fit into the same job.
_PATIENCE = 15


def _finding(label, words=None):
    choices = [("yes", "Yes"), ("no", "No"), ("unknown", "Not known")]
    return fields.Selection(choices, label, readonly=True, copy=False, help=words)


class DataSourceCheckUp(models.AbstractModel):
    """What a registry really does, found out by asking it."""

    _name = "spp.data.source.checkup"
    _description = "Check-up of a Data Source"
    _own_fields = (
        *(f"checkup_{name}" for name in (*FINDINGS, "date", "strategy", "text", "clock_skew")),
        "source_schema_text",
    )

    checkup_date = fields.Datetime("Checked Up", readonly=True, copy=False)
    checkup_strategy = fields.Selection(
        STRATEGIES, "Advice", readonly=True, copy=False, help="What imports should ask for."
    )
    checkup_text = fields.Text("Reasons", readonly=True, copy=False)
    checkup_obeys_limit = _finding("Obeys Limit")
    checkup_obeys_offset = _finding("Obeys Offset")
    checkup_obeys_order = _finding("Obeys Order")
    checkup_total_is_total = _finding("Total Is a Total", "Not merely the size of a page.")
    checkup_obeys_filter = _finding("Obeys Changed-since Filter")
    checkup_sees_new = _finding("Filter Shows Who Is New")
    checkup_sees_updates = _finding("Filter Shows Who Was Changed")
    checkup_sees_member_updates = _finding(
        "Filter Shows Changed Members", "Households of which only a member was changed."
    )
    checkup_shows_clock = _finding("Shows Its Clock")
    checkup_clock_skew = fields.Float(
        "Clock Ahead of Ours", readonly=True, copy=False, help="Seconds; negative: it is behind."
    )
    source_schema_text = fields.Text(
        "Schema",
        readonly=True,
        copy=False,
        help="Types, fields and arguments as the registry showed them, in GraphQL's own language. "
        "Queries are checked against it when they are saved.",
    )

    def write(self, vals):
        """What was found out at another address says nothing about this one."""
        if "url" in vals:
            vals = {**self._prepare_forgetting_vals(), **vals}
        return super().write(vals)

    def _forget_checkup(self):
        """The address has changed; see :meth:`write`."""
        # sudo: whoever may change a path of a source makes untrue what was found out about it.
        self.sudo().write(self._prepare_forgetting_vals())

    @api.model
    def _prepare_forgetting_vals(self):
        return {**self._prepare_checkup_vals(CheckUp()), "checkup_date": False}

    def action_check_up(self):
        """Button "Check Up": ask the registry now.

        :raises AccessError: the caller is no import manager
        :raises UserError: the registry cannot be asked
        """
        self.ensure_one()
        if not self.env.user.has_group("g2p_social_registry_importer.group_import_manager"):
            raise AccessError(self.env._("Only import managers may do this."))
        self.check_access("write")
        self._check_usable()
        try:
            self._check_up()
        except RegistryError as error:
            refusal = UserError(self.env._("The check-up could not be made. %(why)s", why=error))
            # Odoo logs what users are told, and these may be words of the registry about people.
            refusal.loglevel = logging.NOTSET
            raise refusal from error

    def _check_up_if_due(self):
        """Have a check-up that is not too old, for a run that is about to start.

        :returns: why there is none, in words; empty when there is
        """
        self.ensure_one()
        days = self.env["ir.config_parameter"].get_param(
            "g2p_import_social_registry.checkup_days", "30"
        )
        due = fields.Datetime.now() - timedelta(days=int(days))
        if self.checkup_date and self.checkup_date > due:
            return ""
        try:
            self._check_up()
        except RegistryError as error:
            return str(error)
        return ""

    def _check_up(self):
        """Ask the registry, and remember what was found.

        :raises wire.errors.RegistryError: it cannot be asked
        """
        is_group = self._is_asked_for_groups()
        with self._registry_for_questions() as registry:
            found = check_up(registry, is_group=is_group)
        advice = advise(found, is_group=is_group)
        # sudo: findings are for no hand to write; who may have them looked for was checked.
        self.sudo().write(
            {
                **self._prepare_checkup_vals(found),
                "checkup_date": fields.Datetime.now(),
                "checkup_strategy": advice.strategy.value,
                "checkup_text": advice.reasons,
            }
        )

    def _registry_for_questions(self):
        """The registry, for answers that are small; see :meth:`_registry`."""
        return self._registry(timeout=min(self.timeout, _PATIENCE))

    @api.model
    def _prepare_checkup_vals(self, found):
        """Values of the findings; what is concluded from them is left empty.

        :param found: ``wire.checkup.CheckUp``
        """
        return {
            **{f"checkup_{name}": getattr(found, name).value for name in FINDINGS},
            "checkup_clock_skew": found.clock_skew,
            "checkup_strategy": False,
            "checkup_text": False,
            "source_schema_text": found.schema,
        }

    def _is_asked_for_groups(self):
        """Households tell more than individuals, but not every source has them."""
        # sudo: imports of all companies ask the same source.
        imports = self.env["g2p.fetch.social.registry.beneficiary"].sudo()
        own = imports.search([("data_source_id", "=", self.id)])
        return not own or "group" in own.mapped("target_registry")

    def _advised_strategy(self, is_group):
        """What the findings mean for an import of households, or of individuals."""
        names = {name: Finding(self[f"checkup_{name}"] or "unknown") for name in FINDINGS}
        return advise(CheckUp(**names), is_group=is_group).strategy.value
