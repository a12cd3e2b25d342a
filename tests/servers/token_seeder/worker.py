"""The one thread that takes requests from the queue in memory, until the process ends."""

import threading
from queue import SimpleQueue

from tests.servers.fault_dials import Dials

from .authenticator import authenticate
from .delivery import Delivery
from .dials import QUEUE, RECORD
from .requests_held import HeldRequest, HeldRequests
from .settings import Settings
from .validation import Record


class Worker:
    """Authenticates and delivers. Once ended, it touches nothing any more, as if it was killed."""

    def __init__(
        self, held: HeldRequests, settings: Settings, dials: Dials, delivery: Delivery
    ) -> None:
        self.ended = threading.Event()
        self._held = held
        self._settings = settings
        self._dials = dials
        self._delivery = delivery
        self._queue: SimpleQueue[str | None] = SimpleQueue()
        threading.Thread(target=self._work, daemon=True).start()

    def take(self, request: HeldRequest) -> None:
        """Queue a request."""
        self._queue.put(request.identifier)

    def end(self) -> None:
        """Drop whatever is under way and forget the queue."""
        self.ended.set()
        self._queue.put(None)

    def _work(self) -> None:
        while (identifier := self._queue.get()) and not self.ended.is_set():
            request = self._held.get(identifier)
            if request:
                self._process(request)

    def _process(self, request: HeldRequest) -> None:
        request.status = "processing" if request.has_valid_records else "submitted_with_errors"
        if "stuck" in self._dials.take(QUEUE):
            return
        for record in request.records:
            if record.status != "invalid" and not self._authenticate(request, record):
                return
        # The status comes before the delivery, which may still change it.
        request.status = request.final_status
        self._delivery.deliver(request, self.ended)

    def _authenticate(self, request: HeldRequest, record: Record) -> bool:
        """Ask for one record; False if the request or the process has gone in the meantime."""
        record.status = "processing"
        self.ended.wait(self._settings.pace)
        if self.ended.is_set() or not self._held.get(request.identifier):
            return False
        vid = record.fields["vid"]
        settle(record, self._settings, self._dials.take(RECORD, vid=vid))
        return True


def settle(record: Record, settings: Settings, struck: dict) -> None:
    """Note the authenticator's verdict in the record."""
    verdict = authenticate(record.fields["vid"], settings.partner_id, settings.refusals, struck)
    record.token = verdict.token
    record.status = "processed" if verdict.token else "error"
    if not verdict.token:
        record.code, record.message = verdict.reason()
