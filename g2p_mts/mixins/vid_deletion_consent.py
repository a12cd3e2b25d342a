from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..flow import vid_brake
from ..flow.vid_rule import VidRule, read_rule
from .mts_approval import OFFICERS


class VidDeletionConsentMixin(models.AbstractModel):
    """The brake: what deletes more than usual needs the yes of a second person."""

    _name = "g2p.mts.vid.deletion.consent.mixin"
    _description = "Second Yes to a VID Clean-Up"

    brake_words = fields.Char("Why a Second Yes", readonly=True)
    allowed_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    allowed_at = fields.Datetime("Allowed", readonly=True, copy=False)
    may_allow = fields.Boolean(compute="_compute_may_allow")

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_may_allow(self):
        for receipt in self:
            other = self.env.user != receipt._first_person()
            receipt.may_allow = receipt.state == "waiting" and other and self._is_officer()

    def _is_officer(self):
        return self.env.user.has_group(OFFICERS)

    def _first_person(self):
        """Who cannot be the second one."""
        return self.started_by_id if self.trigger == "person" else self.rule_by_id

    def _brake(self, rule, due):
        """In words, why so many VIDs need a second yes; nothing if they do not.

        :param due: a ``flow.due.Due``
        :returns: how many are due, and the words
        """
        number = due.count()
        rows, percent = vid_brake.in_force(self.env, rule)
        if number > rows:
            limit = self.env._("more than %s VIDs", rows)
        elif number and number * 100 > percent * (people := due.concerned()):
            limit = self.env._(
                "more than %(percent)s %% of the %(people)s people with VID or token",
                percent=percent,
                people=people,
            )
        else:
            return number, False
        return number, self.env._("%(number)s VIDs are due: %(limit)s.", number=number, limit=limit)

    def _ask_officers(self):
        """An activity for everybody who may say yes. Holds no personal data."""
        # sudo: officers have no right to ask each other; who is asked is fixed here.
        receipt = self.sudo()
        officers = self.env.ref(OFFICERS).sudo().all_user_ids
        for officer in officers.filtered("active") - receipt._first_person():
            receipt.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=officer.id,
                summary=self.env._("A VID clean-up needs a second yes"),
                note=receipt.brake_words,
            )

    def action_allow(self):
        """Button "Allow": let the clean-up delete at most the number of VIDs it shows.

        :raises AccessError: the caller is no data-protection officer, or the first person
        :raises UserError: it does not wait for it, or the rule was changed meanwhile
        """
        receipt = self._check_answer()
        if self.env.user == receipt._first_person():
            raise AccessError(self.env._("Somebody else has to allow this: you have started it."))
        if VidRule.from_json(receipt.rule_data).for_everybody != read_rule(self.env):
            raise UserError(
                self.env._("The rule was changed meanwhile. Refuse this clean-up and start again.")
            )
        now = fields.Datetime.now()
        receipt.write({"state": "queued", "allowed_by_id": self.env.uid, "allowed_at": now})
        receipt._answered()
        receipt._wake()

    def action_refuse(self):
        """Button "Refuse": nothing is deleted.

        :raises AccessError: the caller is no data-protection officer
        :raises UserError: it does not wait for an answer
        """
        receipt = self._check_answer()
        receipt._seal("refused", self.env._("Refused by %s.", self.env.user.name))
        receipt._answered()

    def _check_answer(self):
        self.ensure_one()
        self._check_officer()
        if self.state != "waiting":
            raise UserError(self.env._("This clean-up does not wait for an answer."))
        # sudo: nobody has the right to write receipts; the role was checked.
        return self.sudo()

    def _check_officer(self):
        if not self._is_officer():
            raise AccessError(self.env._("Only data-protection officers may do this."))
        self.check_access("read")

    def _answered(self):
        """Nobody has to be asked any more."""
        self.activity_ids.unlink()
