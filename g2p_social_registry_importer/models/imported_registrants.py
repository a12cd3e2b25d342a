from odoo import api, fields, models
from odoo.tools import SQL


class ImportedRegistrants(models.Model):
    """The lasting link between a registrant and an import."""

    _name = "g2p.social.registry.imported.registrants"
    _description = "Imported Registrant"
    _order = "last_seen desc, id desc"
    _rec_name = "registrant_id"

    fetch_social_registry_id = fields.Many2one(
        "g2p.fetch.social.registry.beneficiary",
        "Import",
        required=True,
        ondelete="cascade",
        readonly=True,
    )
    company_id = fields.Many2one(related="fetch_social_registry_id.company_id")
    registrant_id = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        ondelete="cascade",
        readonly=True,
        domain=[("is_registrant", "=", True)],
    )
    is_group = fields.Boolean("Group?", readonly=True)
    is_created = fields.Boolean(
        "Created?", readonly=True, help="This import created the registrant."
    )
    is_updated = fields.Boolean(
        "Updated?", readonly=True, help="This import changed the registrant at least once."
    )
    last_seen = fields.Datetime(readonly=True)
    not_seen_since = fields.Datetime(
        "Not Seen since",
        readonly=True,
        help="The first full pass that did not find them at the source any more. They stay.",
    )
    last_run_id = fields.Many2one(
        "g2p.social.registry.import.run", readonly=True, ondelete="set null"
    )
    last_page_id = fields.Many2one(
        "g2p.social.registry.import.page", readonly=True, ondelete="set null"
    )
    last_position = fields.Integer(
        readonly=True, help="Place on the last page; only kept for records without identifier."
    )
    fingerprint = fields.Char(
        readonly=True,
        groups=fields.NO_ACCESS,
        help="Hash of what was last applied; empty if something had to be left out.",
    )
    applied = fields.Json(
        readonly=True,
        prefetch=False,
        groups=fields.NO_ACCESS,
        help="Field, or model and id of an ID or phone number → digest of what was applied last.",
    )
    natural_key = fields.Char(
        readonly=True,
        groups=fields.NO_ACCESS,
        help="Hash of name and birth date; only kept for records without identifier.",
    )

    _link_unique = models.UniqueIndex(
        "(fetch_social_registry_id, registrant_id)",
        "This registrant is linked with this import already.",
    )
    _natural_key_index = models.Index(
        "(fetch_social_registry_id, natural_key) WHERE natural_key IS NOT NULL"
    )
    _last_run_index = models.Index("(last_run_id)")

    @api.model
    def _note_absence(self, run):
        """At the end of a run that is done, unmark who is back, and after a full pass mark who is
        missing: one statement each, which a million registrants need.

        :returns: how many were marked
        """
        self.env["g2p.group.membership"].flush_model(["group", "individual", "is_ended"])
        self.flush_model()
        self._unmark(run)
        marked = self._mark(run) if run.is_full_pass else 0
        self.invalidate_model(["not_seen_since"])
        return marked

    def _unmark(self, run):
        self.env.cr.execute(
            SQL(
                """UPDATE g2p_social_registry_imported_registrants link
                      SET not_seen_since = NULL
                    WHERE link.fetch_social_registry_id = %s
                      AND link.not_seen_since IS NOT NULL
                      AND (%s OR EXISTS %s)""",
                *self._seen_sql(run),
            )
        )

    def _mark(self, run):
        self.env.cr.execute(
            SQL(
                """UPDATE g2p_social_registry_imported_registrants link
                      SET not_seen_since = %s
                    WHERE link.fetch_social_registry_id = %s
                      AND link.not_seen_since IS NULL
                      AND (%s) IS NOT TRUE
                      AND NOT EXISTS %s""",
                run.started_at,
                *self._seen_sql(run),
            )
        )
        return self.env.cr.rowcount

    def _seen_sql(self, run):
        """The import; that a ``link`` was seen in this run or later; and its household was.

        Members without identifier are not looked up again while their household is as it was.
        """
        importer = run.fetch_social_registry_id.id
        return (
            importer,
            SQL("link.last_run_id >= %s", run.id),
            SQL(
                """(SELECT 1
                      FROM g2p_group_membership membership
                      JOIN g2p_social_registry_imported_registrants home
                        ON home.registrant_id = membership."group"
                     WHERE membership.individual = link.registrant_id
                       AND membership.is_ended IS NOT TRUE
                       AND home.fetch_social_registry_id = %s
                       AND home.last_run_id >= %s)""",
                importer,
                run.id,
            ),
        )
