from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Domain

from ..flow.remedies import remedies


class SocialRegistryImportLeftOut(models.AbstractModel):
    """People and values that runs left out because of how things were set here.

    Once that is changed they have to come in, though nobody at the source is new or changed: the
    next run fetches everybody.
    """

    _name = "g2p.social.registry.import.left.out"
    _description = "What an Import Has Left Out"

    next_pass_text = fields.Text("Why Everybody Is Fetched", compute="_compute_next_pass_text")

    @api.depends("sync_mode", "last_sync_date", "run_ids.state")
    def _compute_next_pass_text(self):
        for importer in self:
            # Otherwise everybody is fetched anyway.
            is_asked = importer.last_sync_date and importer.sync_mode != "full"
            why = importer._why_left_out_may_come() if is_asked else ""
            importer.next_pass_text = why and self.env._(
                "The next run fetches everybody: %(why)s", why=why
            )

    def _why_left_out_may_come(self):
        """In words; empty when fetching everybody would bring in nobody else."""
        if not (codes := self._mended_codes()):
            return ""
        code = self.env["g2p.social.registry.import.issue"]._fields["code"]
        labels = dict(code._description_selection(self.env))
        return self.env._(
            "earlier runs left out people or values (%(reasons)s), and the settings or lists here "
            "that decide about it have changed since.",
            reasons=", ".join(sorted(labels[code] for code in codes)),
        )

    def _mended_codes(self):
        """Reasons why something was left out since the last full pass, under other settings."""
        now, changed = remedies(self), defaultdict(list)
        for run in self._runs_since_full_pass():
            then = run.settings_behind or {}
            changed[frozenset(c for c in now if then.get(c) != now[c])].append(run.id)
        left_out = Domain.OR(
            Domain("run_id", "in", ids) & Domain("code", "in", sorted(codes))
            for codes, ids in changed.items()
        )
        # sudo: what is told is whether there is an issue of a kind, to who may see the import.
        issues = self.env["g2p.social.registry.import.issue"].sudo()
        return {code for (code,) in issues._read_group(left_out, ["code"])}

    def _runs_since_full_pass(self):
        # sudo: as above.
        runs = self.env["g2p.social.registry.import.run"].sudo()
        own = Domain("fetch_social_registry_id", "=", self._origin.id)
        full = own & Domain("is_full_pass", "=", True) & Domain("state", "=", "done")
        last = runs.search(full, order="id desc", limit=1)
        return runs.search_fetch(own & Domain("id", ">=", last.id or 0), ["settings_behind"])
