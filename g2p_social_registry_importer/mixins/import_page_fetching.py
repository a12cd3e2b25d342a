import hashlib

from odoo import fields, models

from odoo.addons.queue_job.exception import RetryableJobError

from ..flow.arrivals import Arrivals
from ..meaning.staging import StagedRows, stage
from ..wire.continuation import go_on
from ..wire.errors import MovedRowsError, RegistryError, TemporaryError
from ..wire.known_rows import are_different
from ..wire.query import Page

#: How often a job of a page is tried.
TRIES = 8


class SocialRegistryImportPageFetching(models.AbstractModel):
    """Getting a page from the registry, and staging it."""

    _name = "g2p.social.registry.import.page.fetching"
    _description = "Fetching of an Import Page"

    shift = fields.Integer(
        "Rows Moved",
        readonly=True,
        help="How far the rows have moved at the registry since the run began; below 0: up, as "
        "rows before them went.",
    )
    payload_hash = fields.Char(readonly=True, groups=fields.NO_ACCESS)

    def _fetch(self):
        """Job: ask the registry for this page, stage it, and go on to the next one.

        A job must not commit, so its transaction stays open while the registry is asked, with no
        lock but the job's own: all that is written reaches the database after the last answer.

        :raises RetryableJobError: trouble that may pass; the queue pauses and tries again
        """
        self.ensure_one()
        if self.state != "waiting" or not self.run_id._is_active():
            return
        if self.number > self.run_id.fetch_social_registry_id.max_pages:
            self._cut_short(self._cap_words())
            return
        try:
            if self.number == 1:
                self.run_id._get_ready()
            found = self._ask_registry()
        except TemporaryError as error:
            self._try_again(error)
        except MovedRowsError as error:
            self._cut_short(str(error))
        except RegistryError as error:
            self._fail(f"{error} {error.advice}".rstrip())
        else:
            self._stage(found)

    def _try_again(self, error):
        """Let the queue pause and start over; give the page up after the last try.

        :raises RetryableJobError: it was not the last one
        """
        tries = self._attempt()
        if tries < TRIES:
            raise RetryableJobError(str(error), seconds=error.retry_after) from None
        self._fail(
            self.env._(
                "%(why)s It was tried %(tries)s times. %(advice)s",
                why=error,
                tries=tries,
                advice=error.advice,
            )
        )

    def _cap_words(self):
        return self.env._(
            "The import stops after %s pages, and there are more. Raise “Most Pages” of the "
            "import, then retry: the run goes on from there.",
            self.number - 1,
        )

    def _ask_registry(self):
        run = self.run_id
        # sudo: the operator runs the import without seeing how the registry is connected.
        query = run._registry_query()
        page = Page(
            is_group=run.is_group,
            limit=self.limit,
            offset=self.offset + self.shift,
            created_since=run.created_since or None,
        )
        with run.data_source_id.sudo()._registry() as registry:
            return go_on(registry, query, page, self._earlier_rows(), Arrivals(self.env))

    def _earlier_rows(self):
        """The rows of the pages before, as they came, from the last page back."""
        page = self._page_before()
        while page:
            yield StagedRows(page.payload)
            page = page._page_before()

    def _page_before(self):
        # sudo: what is staged is closed to everybody. One page at a time is read, and kept.
        domain = [("run_id", "=", self.run_id.id), ("number", "=", self.number - 1)]
        return self.sudo().search(domain)

    def _stage(self, found):
        """Keep the records of this page until they are imported.

        :param found: ``wire.continuation.Continuation``
        """
        records = found.answer.records
        payload = stage(records)
        digest = hashlib.sha256(payload.encode()).hexdigest()
        if are_different(records) and self._was_seen(digest):
            self._fail(self._repetition_words())
            return
        if found.most:
            self._take_fewer_rows(found.most, len(records))
        # sudo: pages are written by the import alone, never by the operator who started it.
        self.sudo().write(
            {
                **self._prepare_staged_vals(found),
                "payload": payload,
                "payload_hash": digest,
                "attempts": self._attempt(),
            }
        )
        if records:
            self._delay()
        self.run_id._page_fetched(self, found)

    def _prepare_staged_vals(self, found):
        """Where nobody is on the page, there is nothing to be done by a job."""
        records, now = found.answer.records, fields.Datetime.now()
        return {
            "state": "fetched" if records else "imported",
            "shift": found.offset - self.offset,
            "refusals": {str(place): words for place, words in found.answer.refusals.items()},
            "received_count": len(records),
            "fetched_at": now,
            "imported_at": not records and now,
        }

    def _take_fewer_rows(self, most, received):
        """The registry sends no more rows at a time, one of which is the last one before."""
        # sudo: runs and pages are written by the import alone.
        self.sudo().limit = received
        self.run_id.sudo().page_size = max(1, most - 1)

    def _repetition_words(self):
        return self.env._(
            "The registry sent the same rows again for page %s: it does not obey the offset. "
            "Nothing behind this page can be fetched. Let a page have more rows than the registry "
            "has, and fetch again; or ask those who run it.",
            self.number,
        )

    def _was_seen(self, digest):
        # sudo: the hash of the content is closed to everybody.
        return self.sudo().search_count(
            [("run_id", "=", self.run_id.id), ("payload_hash", "=", digest)], limit=1
        )

    def _cut_short(self, message):
        """Note in words why nothing from this page on was fetched; a retry goes on from here."""
        # sudo: runs are written by the import alone.
        self.run_id.sudo().is_cut_short = True
        self._fail(message)
