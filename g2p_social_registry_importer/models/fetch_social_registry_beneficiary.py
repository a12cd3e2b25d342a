from odoo import api, fields, models
from odoo.exceptions import UserError

from ..mixins.import_run_lifecycle import ACTIVE

#: About as many people either way: households have five members on average.
ROWS_PER_PAGE = {"group": 200, "individual": 1000}


class FetchSocialRegistryBeneficiary(models.Model):
    """What to import from a registry: the query, the target, the programme, the cursor."""

    _name = "g2p.fetch.social.registry.beneficiary"
    _inherit = [
        "g2p.own.fields",
        "g2p.social.registry.import.opening",
        "g2p.social.registry.import.programme",
        "g2p.social.registry.import.query",
        "g2p.social.registry.import.schedule",
        "g2p.social.registry.import.steadiness",
        "g2p.social.registry.import.sync",
        "g2p.social.registry.config.audit",
    ]
    _description = "Import From Social Registry"
    _order = "name, id"
    _opened_by = "fetch_social_registry_id"
    _audited_too = ("last_sync_date", "last_full_sync_date")
    _moved_by_schedule = ("next_run_at",)

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    data_source_id = fields.Many2one("spp.data.source", required=True, ondelete="restrict")
    target_registry = fields.Selection(
        [("group", "Households"), ("individual", "Individuals")], required=True, default="group"
    )
    field_policy = fields.Selection(
        [
            ("source_wins", "The source wins"),
            ("fill_empty", "Fill only what is empty"),
            ("keep_local", "Keep what was changed here since the last import"),
        ],
        required=True,
        default="source_wins",
        help="What an import may do to registrants that are here already. IDs and phone numbers "
        "that are missing here always come in, and households always have the members that the "
        "source says; people added by hand stay. IDs and numbers that the source drops become "
        "invalid or disabled, but not under “fill only what is empty”, nor if they were changed "
        "or added here and are to be kept.",
    )
    import_registrant_without_id = fields.Boolean(
        "Import Registrants Without ID",
        help="They are recognised by name and birth date only. Otherwise they are skipped, and "
        "listed as issues.",
    )
    create_missing_id_types = fields.Boolean(
        "Create Missing ID Types",
        help="Otherwise an ID of a type unknown here is left out, and listed as an issue.",
    )
    create_missing_member_kinds = fields.Boolean(
        "Create Missing Membership Kinds",
        help="Otherwise a member's role unknown here is left out, and listed as an issue.",
    )
    phone_country_id = fields.Many2one(
        "res.country",
        ondelete="set null",
        help="Where phone numbers without “+” are dialled from. Empty: the company's country.",
    )
    page_size = fields.Integer(
        "Rows per Page",
        compute="_compute_page_size",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        help="Top-level records per call and job; by itself as many as hold about 1,000 people. "
        "Every call but the first asks for one more: the last one before, which shows whether "
        "rows have moved at the source.",
    )
    max_pages = fields.Integer(
        "Most Pages", default=100_000, required=True, help="A run stops here, whatever is left."
    )
    run_ids = fields.One2many(
        "g2p.social.registry.import.run", "fetch_social_registry_id", "Runs", readonly=True
    )
    active_run_id = fields.Many2one(
        "g2p.social.registry.import.run", "Run Under Way", compute="_compute_active_run_id"
    )
    imported_registrant_ids = fields.One2many(
        "g2p.social.registry.imported.registrants",
        "fetch_social_registry_id",
        "Imported Registrants",
        readonly=True,
    )
    imported_registrant_count = fields.Integer(compute="_compute_imported_registrant_count")

    _page_size_positive = models.Constraint(
        "CHECK (page_size BETWEEN 1 AND 5000)", "A page has between 1 and 5000 rows."
    )
    _max_pages_positive = models.Constraint(
        "CHECK (max_pages > 0)", "A run fetches at least one page."
    )

    @api.depends("target_registry")
    def _compute_page_size(self):
        """A job has a cost of its own, which a small page pays as well as a large one."""
        for importer in self:
            importer.page_size = ROWS_PER_PAGE[importer.target_registry or "group"]

    def _config_owner(self):
        return {"import_id": self.id, "company_id": self.company_id.id}

    @api.depends("run_ids.state")
    def _compute_active_run_id(self):
        runs = self.env["g2p.social.registry.import.run"].search(
            [("fetch_social_registry_id", "in", self.ids), ("state", "in", ACTIVE)]
        )
        active = {run.fetch_social_registry_id: run for run in runs}
        for importer in self:
            importer.active_run_id = active.get(importer._origin, False)

    @api.depends("imported_registrant_ids")
    def _compute_imported_registrant_count(self):
        links = self.env["g2p.social.registry.imported.registrants"]
        domain = [("fetch_social_registry_id", "in", self.ids)]
        counts = dict(links._read_group(domain, ["fetch_social_registry_id"], ["__count"]))
        for importer in self:
            importer.imported_registrant_count = counts.get(importer._origin, 0)

    def fetch_social_registry_beneficiary(self):
        """Button "Fetch": start a run of each import and show it.

        :returns: the action that opens the run; of several imports, the list of all their runs
        :raises UserError: the caller is no operator, a run is under way, or a setting is missing;
            then none is started
        """
        runs = [importer._start("manual") for importer in self]
        if len(runs) == 1:
            return {
                "type": "ir.actions.act_window",
                "res_model": runs[0]._name,
                "res_id": runs[0].id,
                "views": [(False, "form")],
            }
        actions = self.env["ir.actions.act_window"]
        action = actions._for_xml_id("g2p_social_registry_importer.import_run_action_window")
        return {**action, "domain": [("id", "in", [run.id for run in runs])]}

    def _start(self, trigger):
        """Start a run in the name of the current user.

        :param trigger: see the run's field
        :raises UserError: see :meth:`fetch_social_registry_beneficiary`
        """
        self.ensure_one()
        runs = self.env["g2p.social.registry.import.run"]
        runs._check_operator()
        self.check_access("read")
        self._check_can_start()
        return runs._start(self, trigger)

    def _check_can_start(self):
        if self.active_run_id:
            raise UserError(
                self.env._(
                    "A run of this import is under way: %(run)s. Wait for it, or cancel it.",
                    run=self.active_run_id.display_name,
                )
            )
        if self._undo_under_way():
            raise UserError(self.env._("A run of this import is being undone. Wait for the end."))
        self._check_programme_takes_people()
        # sudo: operators do not see how the registry is connected.
        self.data_source_id.sudo()._check_usable()

    def _undo_under_way(self):
        domain = [("fetch_social_registry_id", "=", self.id), ("undo_state", "=", "running")]
        return self.env["g2p.social.registry.import.run"].search_count(domain, limit=1)

    def action_open_runs(self):
        """The action that lists the runs of this import."""
        return self._open("g2p_social_registry_importer.import_run_action_window")

    def action_open_imported_registrants(self):
        """The action that lists the registrants of this import."""
        return self._open("g2p_social_registry_importer.imported_registrants_action_window")
