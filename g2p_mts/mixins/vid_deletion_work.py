import logging

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ..flow.clean_up import CleanUp
from ..flow.due import Due
from ..flow.vid_batch import is_concurrency
from ..flow.vid_rule import VidRule, key_problems, read_rule

_logger = logging.getLogger(__name__)
#: Tells our locks from those of others.
_LOCK = 0x4D5453
_WORKER = "g2p_mts.cron_vid_clean_up"
#: Clean-ups that are to go on; meanwhile the schedule starts no other.
_PENDING = (Domain("state", "in", ("queued", "waiting")) | Domain("is_paused", "=", True)) & Domain(
    "is_practice", "=", False
)


class VidDeletionWorkMixin(models.AbstractModel):
    """Starts clean-ups and goes on with them, on whichever server.

    As long as a server works on a receipt it holds a lock that ends with its connection. A receipt
    that is under way and not locked was left by a server that died.
    """

    _name = "g2p.mts.vid.deletion.work.mixin"
    _description = "Work of a VID Clean-Up"

    stopped_by_id = fields.Many2one("res.users", readonly=True, copy=False)

    # -- starting --------------------------------------------------------------------------------

    @api.model
    def _start(self, rule, *, is_practice):
        """Have a server clean up in the name of the user.

        :param rule: a ``flow.vid_rule.VidRule`` without problems
        :returns: the receipt; empty if nothing is due
        :raises UserError: another clean-up is under way
        """
        # sudo: nobody has the right to write receipts; the caller has checked the role.
        receipts = self.sudo()
        receipts._check_alone(is_practice)
        number, brake = self._brake(rule, Due(self.env, rule))
        if not number:
            return receipts.browse()
        values = self._values(rule, number, brake, "person", is_practice)
        is_waiting = brake and not is_practice
        receipt = receipts._new({**values, "state": "waiting" if is_waiting else "queued"})
        if is_waiting:
            receipt._ask_officers()
        else:
            receipt._wake()
        return receipt

    def _check_alone(self, is_practice):
        open_states = ("queued", "running", "waiting")
        others = [("state", "in", open_states), ("is_practice", "=", is_practice)]
        if self.search_count(others, limit=1):
            raise UserError(
                self.env._("Another clean-up waits or is under way: look among the receipts.")
            )

    def _values(self, rule, number, brake, trigger, is_practice=False):
        saved_by, saved_at = self.env["ir.config_parameter"]._vid_rule_saved()
        return {
            "is_practice": is_practice,
            "trigger": trigger,
            "started_by_id": trigger == "person" and self.env.uid,
            "started_at": fields.Datetime.now(),
            "rule_data": rule.as_json(),
            "rule_words": rule.in_words(self.env),
            "rule_by_id": saved_by,
            "rule_at": saved_at,
            "due_count": number,
            "brake_words": brake,
        }

    def _wake(self):
        """Have a server work on what waits, soon."""
        if worker := self.env.ref(_WORKER, raise_if_not_found=False):
            worker._trigger()

    # -- scheduled actions -----------------------------------------------------------------------

    @api.model
    def _cron_clean_up(self):
        """The schedule: follow the rule, unless it cannot be followed or somebody has to agree."""
        self._cron_go_on()
        rule = read_rule(self.env)
        if problems := rule.problems(self.env):
            _logger.warning("No VIDs are deleted: %s", " ".join(problems))
            return
        if self.search_count(_PENDING, limit=1):
            return
        self._retry(lambda: self._follow(rule))

    def _follow(self, rule):
        number, brake = self._brake(rule, Due(self.env, rule, retry_failed=False))
        if not number:
            return
        values = self._values(rule, number, brake, "schedule")
        if not brake:
            CleanUp(self, rule, values=values).run()
            return
        self._new({**values, "state": "waiting"})._ask_officers()
        self._keep()

    @api.model
    def _cron_go_on(self):
        """Close what dead servers have left, and go on with what waits for a server.

        Without keys no receipt can be closed, nor anything deleted: all of it waits.
        """
        if problems := key_problems(self.env):
            _logger.warning("No VIDs are deleted: %s", " ".join(problems))
            return
        self._retry(self._close_abandoned)
        for receipt in self.search([("state", "in", ("queued", "running"))], order="id"):
            self._retry(receipt._go_on)

    def _retry(self, step):
        """Another server that is faster is no failure: it does what was to be done here."""
        try:
            step()
        except Exception as error:
            if not is_concurrency(error):
                raise
            self.env.cr.rollback()

    def _keep(self):
        self.env["ir.cron"]._commit_progress()

    def _close_abandoned(self):
        left = self.search([("state", "=", "running"), ("is_paused", "=", False)])
        for receipt in left.filtered(lambda receipt: receipt._try_to_take()):
            try:
                words = self.env._("The server that worked on it was stopped.")
                receipt._seal("interrupted", words)
                self._keep()
            finally:
                # All there is to keep has been committed; after a failure nothing else would work.
                self.env.cr.rollback()
                receipt._release()

    def _go_on(self):
        """Work on a receipt that waits for a server, unless another server has it."""
        if self.state != "queued" and not self.is_paused:
            return
        rule = VidRule.from_json(self.rule_data)
        if words := self._obstacle(rule):
            self._seal("interrupted", words)
            self._keep()
        elif self._try_to_take():
            CleanUp(self.browse(), rule, receipt=self).run()

    def _obstacle(self, rule):
        """In words, why a clean-up cannot go on; empty if it can."""
        if self.stopped_by_id:
            return self._stop_words()
        if problems := rule.problems(self.env):
            return " ".join(problems)
        if not self.is_practice and rule.for_everybody != read_rule(self.env):
            return self.env._("The rule was changed meanwhile.")
        return ""

    def action_stop(self):
        """Button "Stop": after the batch that is under way nothing more is deleted.

        :raises AccessError: the caller is no data-protection officer
        :raises UserError: it is not under way
        """
        self.ensure_one()
        self._check_officer()
        if self.state not in ("queued", "running"):
            raise UserError(self.env._("This clean-up is not under way."))
        self._write_open({"stopped_by_id": self.env.uid})
        self.sudo()._wake()

    def _stop_words(self):
        return self.env._("Stopped by %s.", self.stopped_by_id.name)

    # -- who works on it -------------------------------------------------------------------------

    def _take(self):
        """Note for all servers that this one works on the receipt, as long as it lives."""
        self.env.execute_query(SQL("SELECT pg_advisory_lock(%s, %s)", _LOCK, self.id))

    def _try_to_take(self):
        """Whether nobody else works on it; then this server does."""
        query = SQL("SELECT pg_try_advisory_lock(%s, %s)", _LOCK, self.id)
        [(is_free,)] = self.env.execute_query(query)
        return is_free

    def _release(self):
        for receipt_id in self.ids:
            self.env.execute_query(SQL("SELECT pg_advisory_unlock(%s, %s)", _LOCK, receipt_id))
