from odoo import fields, models
from odoo.fields import Domain


class SocialRegistryImportRunDoubt(models.AbstractModel):
    """A full pass that is sent far too few people is not believed.

    A registry that was set up anew, or that no longer shows us everybody, answers as politely as
    one that is in order.
    """

    _name = "g2p.social.registry.import.run.doubt"
    _description = "Doubt About an Import Run"

    doubt = fields.Text(
        "Why It Is Doubted",
        readonly=True,
        copy=False,
        help="Why a full pass whose records are all in is incomplete all the same.",
    )

    def _doubt_words(self):
        """Why a full pass cannot have been sent everybody; empty when it may have been."""
        known = self._number_known() if self.is_full_pass else 0
        least = self.fetch_social_registry_id.least_share
        if self.received_count * 100 >= known * least:
            return ""
        return self.env._(
            "The registry sent %(received)s records, though %(known)s of this import were there "
            "before. So nobody is marked as no longer seen, and “Last synced on” stays where it "
            "is. Ask those who run the registry. If the others have left indeed, lower “Least "
            "Share of a Full Pass” of the import, which is %(least)s %%, and retry.",
            received=self.received_count,
            known=known,
            least=least,
        )

    def _number_known(self):
        """How many records of the top level this run might have met that came before it."""
        links = self.env["g2p.social.registry.imported.registrants"]
        known = Domain("fetch_social_registry_id", "=", self.fetch_social_registry_id.id)
        known &= Domain("is_group", "=", self.is_group) & Domain("not_seen_since", "=", False)
        # Whom only earlier runs met that asked for others, nobody expects; see _note_absence.
        known &= Domain("last_run_id.id", ">", self._last_asking_for_others())
        return links.search_count(known) - self.created_count
