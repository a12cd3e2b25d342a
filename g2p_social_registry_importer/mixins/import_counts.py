from odoo import api, fields, models

#: Outcomes of records at the top level: they add up to what was received.
RECORD_COUNTS = (
    "created_count",
    "updated_count",
    "unchanged_count",
    "skipped_count",
    "conflict_count",
    "failed_count",
)
MEMBER_COUNTS = (
    "member_created_count",
    "member_updated_count",
    "member_unchanged_count",
    "member_ended_count",
)
ALL_COUNTS = ("received_count", *RECORD_COUNTS, *MEMBER_COUNTS, "gone_id_count")


class SocialRegistryImportCounts(models.AbstractModel):
    """The balance sheet that pages and runs have in common."""

    _name = "g2p.social.registry.import.counts"
    _description = "Balance Sheet of an Import"

    received_count = fields.Integer("Received", readonly=True)
    created_count = fields.Integer("Created", readonly=True)
    updated_count = fields.Integer("Updated", readonly=True)
    unchanged_count = fields.Integer("Unchanged", readonly=True)
    skipped_count = fields.Integer("Skipped", readonly=True)
    conflict_count = fields.Integer("Conflicts", readonly=True)
    failed_count = fields.Integer("Failed", readonly=True)
    member_created_count = fields.Integer("Members Created", readonly=True)
    member_updated_count = fields.Integer("Members Updated", readonly=True)
    member_unchanged_count = fields.Integer("Members Unchanged", readonly=True)
    member_ended_count = fields.Integer("Memberships Ended", readonly=True)
    gone_id_count = fields.Integer(
        "IDs Left Out",
        readonly=True,
        help="IDs the source still sends, but which were deleted here for good, as a VID is once "
        "there is a token for it. The people are recognised by them; the IDs do not come back.",
    )
    is_balanced = fields.Boolean(
        "Balanced",
        compute="_compute_is_balanced",
        help="Received = created + updated + unchanged + skipped + conflicts + failed.",
    )

    @api.depends("received_count", *RECORD_COUNTS)
    def _compute_is_balanced(self):
        for sheet in self:
            sheet.is_balanced = sheet.received_count == sum(sheet[name] for name in RECORD_COUNTS)
