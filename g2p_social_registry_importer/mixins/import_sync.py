from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..flow.remedies import remedies
from .data_source_checkup import STRATEGIES


class SocialRegistryImportSync(models.AbstractModel):
    """Who is asked for at a run: everybody, or only who is new; and from when on."""

    _name = "g2p.social.registry.import.sync"
    _inherit = ["g2p.social.registry.import.left.out", "mail.thread"]
    _description = "Synchronisation of an Import"
    _own_fields = ("last_sync_date", "last_full_sync_date", "forgotten_after_run")

    sync_mode = fields.Selection(
        [("auto", "What the check-up of the source advises"), *STRATEGIES],
        "Fetch",
        required=True,
        default="auto",
        tracking=True,
        help="The changed-since filter of OpenG2P registries shows only who was created, not who "
        "was changed: with “only who is new”, changes are missed.",
    )
    advised_strategy = fields.Selection(
        STRATEGIES, "The Check-up Advises", compute="_compute_advised_strategy"
    )
    full_pass_days = fields.Integer(
        "Everybody Every (Days)", default=7, required=True, tracking=True
    )
    least_share = fields.Integer(
        "Least Share of a Full Pass (%)",
        default=50,
        tracking=True,
        help="A full pass that is sent fewer records than so many percent of those known here is "
        "not believed: nobody is marked as no longer seen, and “Last synced on” does not move. "
        "0: whatever is sent is believed.",
    )
    overlap_minutes = fields.Integer(
        default=60,
        help="How far before “Last synced on” the next run looks again, against clocks that "
        "differ. What is seen twice is not written twice.",
    )
    last_sync_date = fields.Datetime(
        "Last synced on",
        readonly=True,
        copy=False,
        help="Everything that was at the source then is here: it moves only when a run is done.",
    )
    last_full_sync_date = fields.Datetime(
        "Last full pass",
        readonly=True,
        copy=False,
        help="When everybody was fetched last by a run that is done.",
    )
    forgotten_after_run = fields.Integer(
        readonly=True,
        copy=False,
        help="The last run there was when the cursor was reset: neither it nor one before it, "
        "ended anew by a decision or a retry, moves the cursor again.",
    )
    drift_policy = fields.Selection(
        [
            ("accept", "Do not look"),
            ("report", "Report it on the run"),
            ("stop", "Stop the run before anything is fetched"),
        ],
        "When the Schema Changes",
        required=True,
        default="report",
        tracking=True,
        help="At the start of each run the fields of the source are compared with those of the "
        "last run that was done.",
    )

    _overlap_not_negative = models.Constraint(
        "CHECK (overlap_minutes >= 0)", "The overlap cannot be negative."
    )
    _least_share_is_a_share = models.Constraint(
        "CHECK (least_share BETWEEN 0 AND 100)", "A share is between 0 and 100 %."
    )
    _full_pass_days_positive = models.Constraint(
        "CHECK (full_pass_days > 0)", "Between two full passes there is at least one day."
    )

    @api.depends("data_source_id.checkup_date", "target_registry")
    def _compute_advised_strategy(self):
        for importer in self:
            source = importer.data_source_id
            importer.advised_strategy = source.checkup_date and source._advised_strategy(
                importer.target_registry == "group"
            )

    # -- the cursor ------------------------------------------------------------------------------

    def action_reset_cursor(self):
        """Button "Reset": let the next run fetch everybody.

        :raises AccessError: the caller is no import manager
        :raises UserError: a run is under way
        """
        self.ensure_one()
        if not self.env.user.has_group("g2p_social_registry_importer.group_import_manager"):
            raise AccessError(self.env._("Only import managers may do this."))
        self._refuse_under_way()
        words = self.env._(
            "Cursor reset. “Last synced on” was %(synced)s (UTC), the last full pass %(full)s. "
            "The next run fetches everybody.",
            synced=fields.Datetime.to_string(self.last_sync_date) or "–",
            full=fields.Datetime.to_string(self.last_full_sync_date) or "–",
        )
        self._forget_cursor(words)

    def _synced(self, run):
        """A run is done: everything its source had at its start is here now."""
        # Of a source that showed nobody yet, nobody knows since when who is there was there.
        is_empty = run.is_full_pass and not run.received_count
        if run.id > self.forgotten_after_run and not is_empty:
            self._move_cursor(run)
        links = self.env["g2p.social.registry.imported.registrants"]
        run.not_seen_count += links._note_absence(run)

    def _move_cursor(self, run):
        self.last_sync_date = run.cursor_after
        if run.is_full_pass:
            self.last_full_sync_date = run.cursor_after

    def _undone(self, run):
        """A run was undone: the next one asks for everybody, for that one's changes are gone."""
        self._forget_cursor(
            self.env._("Undone: %s. The next run fetches everybody.", run.display_name)
        )

    def _refuse_under_way(self):
        if any(importer.active_run_id for importer in self):
            raise UserError(
                self.env._("Wait until the run has ended: it would set “Last synced on” again.")
            )

    def _forget_cursor(self, words):
        """Have the next run fetch everybody.

        :param words: why, for the chatter
        """
        # sudo: the cursor is written by the import alone; whoever calls has checked the role.
        importer = self.sudo()
        latest = max(importer.run_ids.ids, default=0)
        forgotten = {"last_sync_date": False, "last_full_sync_date": False}
        importer.write({**forgotten, "forgotten_after_run": latest})
        self.message_post(body=words)

    # -- whom to ask for -------------------------------------------------------------------------

    def _prepare_pass_vals(self, run, trouble):
        """Values of a run that is about to start: whom it asks for, and why.

        :param trouble: why there is no check-up to go by; empty when there is one
        """
        self.ensure_one()
        why = self._why_everybody(run, trouble)
        return {
            "is_full_pass": bool(why),
            "pass_reason": " ".join(self._each_reason(run, why)),
            "created_since": not why and self._created_since(),
            "settings_behind": remedies(self),
        }

    def _each_reason(self, run, why):
        yield why or self._why_only_new()
        if why and run._is_first_to_ask():
            yield self.env._(
                "Nobody is marked as no longer seen: who came before may only not be asked for now."
            )

    def _created_since(self):
        """From when on a run asks that does not ask for everybody (naive UTC)."""
        return self.last_sync_date - timedelta(minutes=self.overlap_minutes)

    def _why_everybody(self, run, trouble):
        """In words; empty when only who is new is asked for."""
        strategy = self._strategy(trouble)
        if strategy == "full":
            return self._why_always(trouble)
        if not self.last_sync_date:
            return self.env._(
                "Everybody is fetched: it is the first time, or the cursor was reset."
            )
        if run._asks_differently():
            return self.env._(
                "Everybody is fetched: the query, its target or its source is not what it was at "
                "the last run that was done."
            )
        if left_out := self._why_left_out_may_come():
            return self.env._("Everybody is fetched: %(why)s", why=left_out)
        if strategy == "incremental_full" and self._is_full_pass_due():
            return self.env._("Everybody is fetched: the last full pass is too long ago.")
        return ""

    def _strategy(self, trouble):
        if self.sync_mode != "auto":
            return self.sync_mode
        is_group = self.target_registry == "group"
        return "full" if trouble else self.data_source_id._advised_strategy(is_group)

    def _why_always(self, trouble):
        if self.sync_mode == "full":
            return self.env._("Everybody is fetched: the import is set to it.")
        if trouble:
            return self.env._(
                "Everybody is fetched: the check-up of the source could not be made. %(why)s",
                why=trouble,
            )
        return self.env._("Everybody is fetched: so the check-up of the source advises.")

    def _why_only_new(self):
        if self.sync_mode == "auto":
            return self.env._("Who is new is fetched: so the check-up of the source advises.")
        return self.env._("Who is new is fetched: the import is set to it.")

    def _is_full_pass_due(self):
        last = self.last_full_sync_date
        return not last or last + timedelta(days=self.full_pass_days) <= fields.Datetime.now()
