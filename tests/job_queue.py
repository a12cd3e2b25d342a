"""The job queue, worked off by hand inside the transaction of a test."""

from odoo.fields import Domain

from odoo.addons.queue_job.controllers.main import RunJobController
from odoo.addons.queue_job.exception import RetryableJobError
from odoo.addons.queue_job.job import Job


class JobQueue:
    """Performs the jobs of some models as the runner does, without its process and its commits.

    Jobs are stored and loaded again, and so run as the user who queued them, with an empty cache,
    inside a savepoint, one after the other.
    """

    def __init__(self, env, models):
        """:param models: what their names are like, for instance ``g2p.mts.%``; or several"""
        self._env = env
        names = [models] if isinstance(models, str) else models
        self._ours = Domain.OR(Domain("model_name", "=like", name) for name in names)

    @property
    def jobs(self):
        """All ``queue.job`` records of these models, in order of their creation."""
        return self._env["queue.job"].search(self._ours, order="id")

    @property
    def waiting(self):
        """The jobs that could be performed now, most urgent first; postponed ones go last."""
        order = "eta NULLS FIRST, priority, id"
        pending = self._ours & Domain("state", "=", "pending")
        return self._env["queue.job"].search(pending, order=order)

    def work_off(self):
        """Perform jobs until none is left; nobody waits until a postponed one is due."""
        while waiting := self.waiting:
            self.perform(waiting[0])

    def perform(self, record):
        """Perform one job and note how it ended: done, postponed or failed.

        :param record: a ``queue.job`` record that is pending
        """
        self._env.flush_all()
        self._env.invalidate_all()
        job = Job.load(self._env, record.uuid)
        # As long as it is performed, it does not stand in the way of its like.
        job.set_started()
        job.store()
        try:
            with self._env.cr.savepoint():
                job.perform()
            job.set_done()
        except RetryableJobError as error:
            job.postpone(result=str(error), seconds=error.seconds)
            job.set_pending(reset_retry=False)
        except Exception as error:
            self._fail(job, error)
        job.store()
        self._env.invalidate_all()

    def _fail(self, job, error):
        values = RunJobController._get_failure_values(job, "", error)
        job.set_failed(**values)
        job.store()
        job.on_fail(values)
