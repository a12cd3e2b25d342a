from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError


class SocialRegistryImportSchedule(models.AbstractModel):
    """Imports that start by themselves, and owners who are told when something is wrong."""

    _name = "g2p.social.registry.import.schedule"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "Schedule of an Import"
    _own_fields = ("last_arrival_date", "silence_told")

    owner_id = fields.Many2one(
        "res.users",
        default=lambda self: self.env.user,
        help="Scheduled runs are made in this user's name, who is told when one ends badly.",
    )
    is_scheduled = fields.Boolean("Run by Schedule")
    interval_number = fields.Integer("Every", default=1)
    interval_type = fields.Selection(
        [("hours", "Hours"), ("days", "Days"), ("weeks", "Weeks"), ("months", "Months")],
        default="days",
        required=True,
    )
    next_run_at = fields.Datetime("Next Run", default=fields.Datetime.now)
    silence_days = fields.Integer(
        "Tell After Days of Silence",
        help="Tell the owner when no record has arrived for so many days. 0: never.",
    )
    last_arrival_date = fields.Datetime("Last Arrival", readonly=True, copy=False)
    silence_told = fields.Boolean(readonly=True, copy=False)

    _interval_positive = models.Constraint(
        "CHECK (interval_number > 0)", "The interval of a schedule must be positive."
    )
    _owner_of_schedule = models.Constraint(
        "CHECK (is_scheduled IS NOT TRUE OR (owner_id IS NOT NULL AND next_run_at IS NOT NULL))",
        "A scheduled import needs an owner and the time of its next run.",
    )

    # -- starting --------------------------------------------------------------------------------

    @api.model
    def _cron_start_due(self):
        """Start every import whose time has come; one that cannot start tells its owner."""
        due = self.search(
            [("is_scheduled", "=", True), ("next_run_at", "<=", fields.Datetime.now())]
        )
        for done, importer in enumerate(due, start=1):
            if importer.try_lock_for_update():
                importer._start_by_schedule()
            if not self.env["ir.cron"]._commit_progress(1, remaining=len(due) - done):
                break

    def _start_by_schedule(self):
        self.ensure_one()
        self.next_run_at = self._following_run()
        if why := self._why_owner_cannot() or self._start_as_owner():
            subject = self.env._("A scheduled import could not start")
            self._tell_owner(subject, why, again=False)

    def _start_as_owner(self):
        """Start a run; returns in words why that is refused, if so."""
        as_owner = self.with_user(self.owner_id).with_company(self.company_id)
        try:
            with self.env.cr.savepoint():
                as_owner._start("schedule")
        except UserError as refusal:
            return str(refusal)
        return ""

    def _why_owner_cannot(self):
        """Why nothing may be done in the owner's name; empty when it may."""
        if self._may_run(self.owner_id):
            return ""
        return self.env._(
            "It runs in the name of %s, whose account is archived, or who is no import operator "
            "any more. Choose another owner on the page “Schedule”.",
            self.owner_id.name,
        )

    def _may_run(self, user):
        """The system itself may, though its account counts as archived."""
        is_there = user.active or user._is_superuser()
        return is_there and user.has_group("g2p_social_registry_importer.group_import_operator")

    def _following_run(self):
        """The next time of the schedule in the future; times missed are left out, not made up."""
        step = relativedelta(**{self.interval_type: self.interval_number})
        following, now = self.next_run_at + step, fields.Datetime.now()
        while following <= now:
            following += step
        return following

    # -- telling ---------------------------------------------------------------------------------

    def _run_ended(self, run):
        """Take note of the end of a run; only a run that is done moves the cursor.

        Everything the source had at the start of that run is here now.
        """
        if run.received_count:
            self.write({"last_arrival_date": run.ended_at, "silence_told": False})
        if run.state == "done":
            self._synced(run)
        elif run.trigger == "schedule" and run.told_state != run.state:
            self._tell_of_end(run)

    def _tell_of_end(self, run):
        """Tell how a run ended, once: not at each decision that leaves it as it is."""
        run.told_state = run.state
        if self._is_cancelled_by_owner(run):
            return
        # Not the registry's own words: they may be about people, and this becomes an e-mail.
        words = self.env._("%s Open the run to see why.", run._state_words())
        self._tell_owner(self.env._("A scheduled import ended as %s", run._state_label()), words)

    def _is_cancelled_by_owner(self, run):
        return run.state == "cancelled" and self.env.user in self._whom_to_tell()

    @api.model
    def _cron_tell_silence(self):
        """Tell owners, once, of imports for which nothing has arrived for too long."""
        now = fields.Datetime.now()
        watched = [("silence_days", ">", 0), ("silence_told", "=", False)]
        for importer in self.search(watched):
            last = importer.last_arrival_date or importer.create_date
            if last < now - timedelta(days=importer.silence_days):
                importer.silence_told = True
                importer._tell_owner(
                    self.env._("Nothing arrives from the Social Registry"),
                    self.env._("No record has arrived for %s days.", importer.silence_days),
                )

    def _tell_owner(self, subject, words, again=True):
        """An activity on the import, and an e-mail. Neither holds personal data.

        An activity that is still open is kept up to date, instead of a second one beside it.

        :param subject: one line
        :param words: what happened and what to do, as shown on the run
        :param again: send an e-mail also to those who have not done such an activity yet
        """
        users = self._whom_to_tell()
        waiting = self.activity_ids.filtered(
            lambda activity: activity.summary == subject and activity.user_id in users
        )
        waiting.note = words
        new = users - waiting.user_id
        for user in new:
            self._schedule_activity(user, subject, words)
        self._notify(users if again else new, subject, words)

    def _schedule_activity(self, user, subject, words):
        # Odoo would send a second e-mail about the activity.
        self.with_context(mail_activity_quick_update=True).activity_schedule(
            "mail.mail_activity_data_warning", user_id=user.id, summary=subject, note=words
        )

    def _notify(self, users, subject, words):
        if not users:
            return
        self.message_notify(
            # Nobody is notified of what he writes himself, and the run is in the owner's name.
            author_id=self.env.ref("base.partner_root").id,
            partner_ids=users.partner_id.ids,
            subject=f"{self.name}: {subject}",
            body=words,
            email_layout_xmlid="mail.mail_notification_light",
        )

    def _whom_to_tell(self):
        """The owner; the managers when the owner is gone, or would not see the import."""
        owner = self.owner_id or self.create_uid
        return owner if owner.active and self._may_run(owner) else self._managers()

    def _managers(self):
        group = self.env.ref("g2p_social_registry_importer.group_import_manager")
        # sudo: users are looked up by role and company, to be told of this import.
        users = self.env["res.users"].sudo()
        of_company = [("company_ids", "in", self.company_id.ids)]
        return users.search([("all_group_ids", "in", group.ids), *of_company])
