from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command

from ..flow import vid_brake
from ..flow.due import Due
from ..flow.vid_rule import VidRule, companies_at_work, read_rule, save_rule
from ..flow.vid_schedule import Schedule
from ..mixins.mts_approval import OFFICERS

_RULE_FIELDS = (
    "vid_type_id",
    "more_vid_type_ids",
    "token_type_id",
    "g2p_search_domain",
    "own_nonce",
    "after_days",
    "brake_percent",
    "brake_rows",
)


class MTSVidRule(models.TransientModel):
    """The page on which a data-protection officer sets the rule: a draft until it is saved."""

    _name = "g2p.mts.vid.rule"
    _inherit = ["g2p.mts.search.domain.mixin", "g2p.mts.vid.memory.mixin"]
    _description = "Rule for Deleting VIDs"
    _rec_name = "vid_type_id"

    vid_type_id = fields.Many2one("g2p.id.type", "VID")
    more_vid_type_ids = fields.Many2many(
        "g2p.id.type",
        string="More VID Types",
        help="Other ID types that hold VIDs and are cleaned up by the same rule.",
    )
    token_type_id = fields.Many2one("g2p.id.type", "Token")
    own_nonce = fields.Boolean(
        "Only Own Tokens",
        help="Only where the token was received in answer to that very person's nonce. Switch it "
        "off if tokens come here by another way, for instance from the Social Registry.",
    )
    after_days = fields.Integer("After (Days)", help="How long the token must have been there.")
    brake_percent = fields.Integer(
        "Percentage", help="Of all people who have a VID, a token or both."
    )
    brake_rows = fields.Integer("Number of VIDs")
    is_on = fields.Boolean("Delete by Itself")
    minutes = fields.Integer("Every (Minutes)")

    problems = fields.Text(compute="_compute_numbers")
    rule_words = fields.Text("In Words", compute="_compute_numbers")
    held_count = fields.Integer("VIDs Held", compute="_compute_numbers")
    with_token_count = fields.Integer(
        "With a Valid Token",
        compute="_compute_numbers",
        help="However and whenever it came, and whoever it is; not while an answer is waited for.",
    )
    due_count = fields.Integer("Due Now", compute="_compute_numbers")
    is_draft = fields.Boolean(compute="_compute_numbers")
    brake_warning = fields.Text(compute="_compute_numbers")
    may_confirm_brake = fields.Boolean(compute="_compute_numbers")

    @api.model
    def default_get(self, fields):
        rule, schedule = read_rule(self.env), Schedule(self.env)
        first, *more = rule.vid_types or (False,)
        values = {
            "vid_type_id": first,
            "more_vid_type_ids": [self._set(more)],
            "token_type_id": rule.token_type or False,
            "g2p_search_domain": rule.search_domain,
            "own_nonce": rule.own_nonce,
            "after_days": rule.after_days,
            "brake_percent": rule.brake_percent,
            "brake_rows": rule.brake_rows,
            "is_on": schedule.is_on,
            "minutes": schedule.minutes,
        }
        mine = {name: value for name, value in values.items() if name in fields}
        return {**super().default_get(fields), **mine}

    @api.model
    def _set(self, ids):
        # sudo: whether they are there is all that is asked.
        return Command.set(self.env["g2p.id.type"].sudo().browse(ids).exists().ids)

    def _rule(self):
        """The rule as it stands on the page, for the companies the user is at work in."""
        types = self.vid_type_id | self.more_vid_type_ids.sorted("id")
        rule = VidRule(
            vid_types=tuple(types.ids),
            token_type=self.token_type_id.id or 0,
            search_domain=(self.g2p_search_domain or "").strip() or "[]",
            own_nonce=self.own_nonce,
            after_days=self.after_days,
            brake_percent=self.brake_percent,
            brake_rows=self.brake_rows,
        )
        return rule.for_companies(companies_at_work(self.env))

    @api.depends(*_RULE_FIELDS)
    @api.depends_context("allowed_company_ids", "uid")
    def _compute_numbers(self):
        for page in self:
            rule = page._rule()
            problems = rule.problems(self.env)
            page.problems = "\n".join(problems)
            page.rule_words = rule.in_words(self.env)
            page.held_count = Due(self.env, rule).held()
            page.with_token_count = Due(self.env, rule.without_conditions).count()
            page.due_count = 0 if problems else Due(self.env, rule).count()
            page.is_draft = rule.for_everybody != read_rule(self.env)
            is_raised = vid_brake.unconfirmed(self.env, rule)
            page.brake_warning = rule.unconfirmed_words(self.env) if is_raised else False
            page.may_confirm_brake = not page.is_draft and page._limits_to_confirm()

    def _limits_to_confirm(self):
        return vid_brake.unconfirmed(self.env, self._rule(), self.env.user)

    def _compute_display_name(self):
        self.display_name = self.env._("Rule")

    def action_save(self):
        """Button "Save the Rule": put it in force.

        :raises AccessError: the caller is no data-protection officer
        :raises ValidationError: the rule cannot be followed
        """
        self._check_officer()
        rule = self._rule().for_everybody
        problems = rule.own_problems(self.env)
        # Without types nothing is deleted, and nothing can be switched on.
        if problems and (self.is_on or rule.vid_types or rule.token_type):
            raise ValidationError("\n".join(problems))
        save_rule(self.env, rule)
        schedule = Schedule(self.env)
        if self.is_on != schedule.is_on:
            self.env["ir.config_parameter"]._note_vid_rule_saved()
        schedule.set(is_on=self.is_on, minutes=self.minutes)
        return self._say(self.env._("The rule is in force."), "success")

    def action_practise(self):
        """Button "Practise": do all the page says, and take it back.

        :returns: the action that opens the receipt
        :raises AccessError: the caller is no data-protection officer
        :raises UserError: the rule cannot be followed, or another practice is under way
        """
        return self._start(is_practice=True)

    def action_run(self):
        """Button "Run Now": delete what is due by the rule in force.

        :returns: the action that opens the receipt
        :raises AccessError: the caller is no data-protection officer
        :raises UserError: the page was changed, or another clean-up is under way
        """
        self._check_in_force()
        return self._start(is_practice=False)

    def action_confirm_brake(self):
        """Button "Confirm the Limits": have the higher limits count that somebody else has set.

        :raises AccessError: the caller is no data-protection officer, or has set them
        :raises UserError: the page was changed, or these limits count already
        """
        self._check_in_force()
        rule = self._rule()
        if not vid_brake.unconfirmed(self.env, rule):
            raise UserError(self.env._("These limits count already: nothing is to be confirmed."))
        if not (limits := self._limits_to_confirm()):
            raise AccessError(self.env._("Somebody else has to confirm them: you have set them."))
        vid_brake.confirm(self.env, rule, limits)
        return self._say(self.env._("The limits are confirmed, and count from now on."), "success")

    def _check_in_force(self):
        self._check_officer()
        if self.is_draft:
            raise UserError(self.env._("Save the rule first: the page says something else."))

    def _start(self, *, is_practice):
        self._check_officer()
        rule = self._rule()
        if problems := rule.problems(self.env):
            raise UserError("\n".join(problems))
        receipt = self.env["g2p.mts.vid.deletion"]._start(rule, is_practice=is_practice)
        if not receipt:
            return self._say(self.env._("Nothing is due: there is no VID to delete."), "info")
        return {
            "type": "ir.actions.act_window",
            "res_model": receipt._name,
            "res_id": receipt.id,
            "views": [(False, "form")],
        }

    def _check_officer(self):
        self.ensure_one()
        self.check_access("read")
        if not self.env.user.has_group(OFFICERS):
            raise AccessError(self.env._("Only data-protection officers may do this."))

    def _say(self, words, kind):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": words,
                "type": kind,
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
