from odoo import api, fields, models

from ..flow.vid_figures import DAYS, VidFigures
from ..flow.vid_rule import companies_at_work, read_rule
from ..flow.vid_schedule import Schedule


class MTSVidOverview(models.TransientModel):
    """The dashboard: VIDs held, waiting and gone, and whether the promise is kept."""

    _name = "g2p.mts.vid.overview"
    _description = "VIDs Held and Gone"

    at = fields.Datetime("As of", default=fields.Datetime.now, readonly=True)
    held_count = fields.Integer("VIDs Held", readonly=True)
    due_count = fields.Integer("Due Now", readonly=True)
    oldest = fields.Datetime("Oldest Due Since", readonly=True)
    gone_count = fields.Integer(f"Deleted in {DAYS} Days", readonly=True)
    is_on = fields.Boolean("Deletes by Itself", readonly=True)
    problems = fields.Text(readonly=True)
    promise = fields.Selection(
        [("kept", "Kept"), ("broken", "Broken"), ("open", "Nothing Was Due Yet")], readonly=True
    )
    promise_words = fields.Char("What Is Promised", readonly=True)
    age_ids = fields.One2many("g2p.mts.vid.overview.age", "overview_id", readonly=True)
    day_ids = fields.One2many("g2p.mts.vid.overview.day", "overview_id", readonly=True)

    def _compute_display_name(self):
        self.display_name = self.env._("VIDs Held and Gone")

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([{**vals, **self._figures()} for vals in vals_list])

    @api.model
    def _figures(self):
        rule = read_rule(self.env).for_companies(companies_at_work(self.env))
        problems = rule.problems(self.env)
        figures = VidFigures(self.env, rule)
        ages, days = figures.held_by_age(), figures.deleted_by_day()
        held = sum(number for _days, number in ages)
        return {
            "held_count": held,
            "gone_count": sum(days.values()),
            "age_ids": self._ages(ages, held),
            "day_ids": [
                fields.Command.create({"day": day, "deleted": number})
                for day, number in days.items()
            ],
            "is_on": Schedule(self.env).is_on,
            "problems": "\n".join(problems),
            **({} if problems else self._waiting(figures)),
        }

    def _ages(self, ages, held):
        return [
            fields.Command.create(
                {
                    "sequence": place,
                    "age": self._age_words(days),
                    "held": number,
                    "share": 100 * number / held if held else 0,
                }
            )
            for place, (days, number) in enumerate(ages)
        ]

    def _age_words(self, days):
        if days is None:
            return self.env._("Older")
        return self.env._("Up to %s days", days) if days > 1 else self.env._("Up to a day")

    def _waiting(self, figures):
        promise = figures.promise()
        return {
            "due_count": figures.due(),
            "oldest": figures.oldest(),
            "promise": self._promise_state(promise),
            "promise_words": promise.in_words(self.env),
        }

    @staticmethod
    def _promise_state(promise):
        if promise.share is None:
            return "open"
        return "broken" if promise.is_broken else "kept"

    def action_open(self):
        """Menu "VIDs Held and Gone": count now, and show it.

        :returns: the action that opens it
        :raises AccessError: the caller is no data-protection officer
        """
        self.check_access("create")  # before anything is counted
        overview = self.create({})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("VIDs Held and Gone"),
            "res_model": self._name,
            "res_id": overview.id,
            "view_mode": "form",
            "target": "current",
        }
