from odoo import api, fields, models
from odoo.fields import Domain


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
        "Registrant",
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
    last_seen = fields.Datetime("Last Seen", readonly=True)
    not_seen_since = fields.Datetime(
        "Not Seen since",
        readonly=True,
        help="The first full pass that did not find them at the source any more. They stay.",
    )
    last_run_id = fields.Many2one(
        "g2p.social.registry.import.run", "Last Run", readonly=True, ondelete="set null"
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
        """At the end of a run that is done, mark who is missing and unmark who is back.

        Only a full pass can miss somebody. Four statements, however many registrants there are.

        :returns: how many were marked
        """
        # sudo: links are the import's own book-keeping. Archived registrants count as others do.
        links = self.sudo().with_context(active_test=False)
        own = Domain("fetch_social_registry_id", "=", run.fetch_social_registry_id.id)
        seen = links._seen_domain(run)
        links.search(seen & Domain("not_seen_since", "!=", False)).write({"not_seen_since": False})
        if not run.is_full_pass:
            return 0
        gone = links.search(own & ~seen & Domain("not_seen_since", "=", False))
        gone.write({"not_seen_since": run.started_at})
        return len(gone)

    @api.model
    def _seen_domain(self, run):
        """Links of registrants that a run came across, itself or in a household of theirs.

        Members without identifier are not looked up again while their household is as it was.
        """
        own = Domain("fetch_social_registry_id", "=", run.fetch_social_registry_id.id)
        since = run.search(own & Domain("id", ">=", run.id))
        seen = own & Domain("last_run_id", "in", since.ids)
        home = Domain("is_ended", "=", False)
        home &= Domain("group.social_registry_import_ids", "any", seen)
        return seen | own & Domain("registrant_id.individual_membership_ids", "any", home)
