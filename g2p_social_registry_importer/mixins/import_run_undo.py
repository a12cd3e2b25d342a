from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.queue_job.exception import RetryableJobError

from ..flow.undo import Undo
from .import_run_lifecycle import ACTIVE, LIVING

#: Before-images per job.
_PART = 200


class SocialRegistryImportRunUndo(models.AbstractModel):
    """Taking back what a run wrote, part by part in the background."""

    _name = "g2p.social.registry.import.run.undo"
    _description = "Undo of an Import Run"

    undo_state = fields.Selection(
        [
            ("none", "Not Undone"),
            ("running", "Being Undone"),
            ("stopped", "Undo Stopped"),
            ("done", "Undone"),
        ],
        "Undo",
        required=True,
        default="none",
        readonly=True,
        copy=False,
    )
    undone_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    undone_at = fields.Datetime(readonly=True, copy=False)
    undone_count = fields.Integer("Registrants Set Back", readonly=True, copy=False)
    undo_skipped_count = fields.Integer("Registrants Not Set Back", readonly=True, copy=False)
    undo_left_count = fields.Integer(
        "Registrants Still to Be Set Back", compute="_compute_undo_left_count"
    )
    undo_text = fields.Text(compute="_compute_undo_text")
    can_be_undone = fields.Boolean(compute="_compute_can_be_undone")

    @api.depends("state", "ended_at", "kept_since", "undo_state")
    def _compute_can_be_undone(self):
        for run in self:
            is_open = run.undo_state in ("none", "stopped")
            run.can_be_undone = run.state not in ACTIVE and is_open and not run._is_past_undo()

    @api.depends("undo_state", "undone_count", "undo_skipped_count")
    def _compute_undo_left_count(self):
        counts = {}
        if going_on := self.filtered(lambda run: run.undo_state in ("running", "stopped")):
            waiting = Domain("run_id", "in", going_on.ids) & Domain("undo_state", "=", False)
            images = self.env["g2p.social.registry.import.before.image"]
            counts = dict(images._read_group(waiting, ["run_id"], ["registrant_id:count_distinct"]))
        for run in self:
            run.undo_left_count = counts.get(run, 0)

    @api.depends("undo_state", "undone_count", "undo_skipped_count")
    def _compute_undo_text(self):
        for run in self:
            run.undo_text = run._undo_words()

    def _undo_words(self):
        numbers = {
            "undone": self.undone_count,
            "skipped": self.undo_skipped_count,
            "left": self.undo_left_count,
        }
        return {
            "none": False,
            "running": self.env._(
                "The run is being undone: %(undone)s registrants were set back, %(skipped)s were "
                "left as they are, %(left)s are still to come.",
                **numbers,
            ),
            "stopped": self.env._(
                "The undo has stopped: %(undone)s registrants were set back, %(skipped)s were "
                "left as they are, %(left)s are still to come. Press Undo to go on; see the job "
                "queue.",
                **numbers,
            ),
            "done": self.env._(
                "The run was undone: %(undone)s registrants were set back, %(skipped)s were left "
                "as they are; the issues say why.",
                **numbers,
            ),
        }[self.undo_state]

    # -- what a manager does ---------------------------------------------------------------------

    def action_undo(self):
        """Button "Undo": set back what this run wrote; what was changed since is left and listed.

        Registrants the run created are archived, drafts in programmes that it made are deleted.

        :raises AccessError: the caller is no import manager
        :raises UserError: the run has not ended, is undone already or too old, or a later run of
            the import has to be undone first
        """
        self.ensure_one()
        self.check_access("read")
        self._check_manager()
        # sudo: runs are written by the import alone; the role was checked.
        run = self.sudo()
        run.lock_for_update()
        run._check_undo()
        run.write({"undo_state": "running", "undone_by_id": self.env.uid})
        run._delay_undo()

    def action_open_before_images(self):
        """The action that lists the registrants this run created or changed."""
        return self._open("g2p_social_registry_importer.import_before_image_action_window")

    def _check_manager(self):
        if not self.env.user.has_group("g2p_social_registry_importer.group_import_manager"):
            raise AccessError(self.env._("Only import managers may do this."))

    def _check_undo(self):
        if self.undo_state in ("running", "done"):
            raise UserError(self.env._("This run is being undone, or has been undone."))
        if self.state in ACTIVE or self.fetch_social_registry_id.active_run_id:
            raise UserError(self.env._("Wait until no run of this import is under way."))
        if self._is_past_undo():
            raise UserError(
                self.env._(
                    "A run can be undone for %s days. What registrants were like before this one "
                    "is not known any more.",
                    self._undo_days(),
                )
            )
        if later := self._later_run_with_changes():
            raise UserError(self.env._("Undo the later run first: %s.", later.display_name))

    def _is_past_undo(self):
        days, ended = self._undo_days(), self.kept_since or self.ended_at or self.started_at
        return not days or ended < fields.Datetime.now() - timedelta(days=days)

    @api.model
    def _undo_days(self):
        """For how long a run can be undone; 0: not at all."""
        # sudo: one setting is read that is no secret.
        parameters = self.env["ir.config_parameter"].sudo()
        return int(parameters.get_param("g2p_import_social_registry.undo_days", "7"))

    def _later_run_with_changes(self):
        """The latest run of this import that wrote something and is not undone, if not this one."""
        later = Domain("fetch_social_registry_id", "=", self.fetch_social_registry_id.id)
        later &= Domain("id", ">", self.id) & Domain("undo_state", "!=", "done")
        images = self.env["g2p.social.registry.import.before.image"]
        return images.search(
            [("run_id", "in", self.search(later).ids)], order="run_id desc", limit=1
        ).run_id

    # -- the work --------------------------------------------------------------------------------

    def _delay_undo(self):
        """Queue the job that sets back the next registrants."""
        self.ensure_one()
        self.with_delay(
            priority=10,
            identity_key=self._undo_key(),
            description=f"Undo import run {self.id}",
        )._undo_part()

    def _undo_key(self):
        looked_at = self.undone_count + self.undo_skipped_count
        return f"g2p-social-registry-undo-run-{self.id}-from-{looked_at}"

    def _undo_part(self):
        """Job: set back some registrants, and queue the next part or end the undo.

        One part after the other: households go before people, the newest changes before older.
        """
        self.ensure_one()
        run = self.sudo()  # the manager's role was checked when the button was pressed
        if not run.try_lock_for_update():
            raise RetryableJobError("The run is being written.", seconds=2, ignore_retry=True)
        if run.undo_state != "running":
            return
        if images := run._next_images():
            result = Undo(run).set_back(images)
            run.undone_count += result.undone
            run.undo_skipped_count += result.skipped
            run._delay_undo()
        else:
            run._undo_ended()

    def _next_images(self):
        """Before-images still to be looked at: whole registrants, newest first."""
        images = self.env["g2p.social.registry.import.before.image"]
        waiting = Domain("run_id", "=", self.id) & Domain("undo_state", "=", False)
        part = images.search(waiting, order="is_group desc, id desc", limit=_PART)
        of_them = Domain("registrant_id", "in", part.registrant_id.ids)
        return images.search(waiting & of_them, order="id desc") if part else part

    def _undo_ended(self):
        self.write({"undo_state": "done", "undone_at": fields.Datetime.now()})
        self.fetch_social_registry_id._undone(self)

    def _on_undo_failed(self, exc_name, exc_message, exc_info):
        """Hook of the queue: the last try of a part ended in an exception.

        What is set back stays so; the button goes on with the rest.
        """
        # sudo: runs are written by the import alone.
        self.sudo().filtered(lambda run: run.undo_state == "running").undo_state = "stopped"

    @api.model
    def _queue_lost_undos(self):
        """Give undos their job back that lost it with its worker."""
        runs = self.search([("undo_state", "=", "running")])
        # sudo: only keys of the queue are compared.
        jobs = self.env["queue.job"].sudo()
        keys = [run._undo_key() for run in runs]
        domain = [("identity_key", "in", keys), ("state", "in", LIVING)]
        living = set(jobs.search(domain).mapped("identity_key"))
        for run in runs.filtered(lambda run: run._undo_key() not in living):
            run._delay_undo()
