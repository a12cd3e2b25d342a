from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.g2p_registry_base.unchecked import UncheckedMany2one


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
    # Written for everybody at every run. Runs that are deleted see to it themselves.
    last_run_id = UncheckedMany2one(
        "g2p.social.registry.import.run", readonly=True, ondelete="set null"
    )
    last_position = fields.Integer(
        readonly=True, help="Place in the last run, from 0, of the record that brought them."
    )
    fingerprint = fields.Char(
        readonly=True,
        groups=fields.NO_ACCESS,
        help="Hash of what was last applied; empty if something had to be left out.",
    )
    source_digest = fields.Char(
        readonly=True,
        groups=fields.NO_ACCESS,
        help="Hash of the record as it was sent, which need not be read again to know that it "
        "says the same; empty for members of a household.",
    )
    is_undone = fields.Boolean(
        "Undone?",
        readonly=True,
        help="This import created the registrant, and that was undone: archived until it is "
        "imported again.",
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
        help="Hash of name and birth date; only kept if the import takes records without ID.",
    )

    _link_unique = models.UniqueIndex(
        "(fetch_social_registry_id, registrant_id)",
        "This registrant is linked with this import already.",
    )
    _natural_key_index = models.Index(
        "(fetch_social_registry_id, natural_key) WHERE natural_key IS NOT NULL"
    )
    _source_digest_index = models.Index(
        "(fetch_social_registry_id, source_digest) WHERE source_digest IS NOT NULL"
    )

    def init(self):
        # Every run writes every row, and no column that has an index. With room left beside the
        # row, PostgreSQL writes the new version there and leaves all indexes alone (a HOT update).
        self.env.cr.execute(
            "ALTER TABLE g2p_social_registry_imported_registrants SET (fillfactor = 50)"
        )
        return super().init()

    @api.model
    def _forget_runs(self, runs):
        """Name these runs no more, as they are about to be deleted: one statement."""
        self.flush_model(["last_run_id"])
        self.env.cr.execute(
            SQL(
                """UPDATE g2p_social_registry_imported_registrants SET last_run_id = NULL
                    WHERE fetch_social_registry_id = ANY(%s) AND last_run_id = ANY(%s)""",
                runs.fetch_social_registry_id.ids,
                runs.ids,
            )
        )
        self.invalidate_model(["last_run_id"])

    @api.model
    def _note_absence(self, run):
        """After a full pass, mark who was not met in it: one statement, which a million need.

        Only those are missed whom an earlier run met that asked for the same people: of others
        nobody knows whether they left the source, or are just not asked for any more. Whoever is
        met again is unmarked there and then.

        :returns: how many were marked
        """
        if not run.is_full_pass:
            return 0
        others = run._last_asking_for_others()
        self.flush_model()
        self.env.cr.execute(
            SQL(
                """UPDATE g2p_social_registry_imported_registrants
                      SET not_seen_since = %s
                    WHERE fetch_social_registry_id = %s
                      AND not_seen_since IS NULL
                      AND (last_run_id >= %s) IS NOT TRUE
                      AND (%s = 0 OR last_run_id > %s)""",
                run.started_at,
                run.fetch_social_registry_id.id,
                run.id,
                others,
                others,
            )
        )
        marked = self.env.cr.rowcount
        self.invalidate_model(["not_seen_since"])
        return marked
