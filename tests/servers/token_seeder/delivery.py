"""How results leave MTS: as a file to be fetched, or by callbacks."""

import threading
from collections.abc import Callable
from typing import Any

from tests.servers.fault_dials import Dials

from .callback import Callbacks
from .dials import DELIVERY
from .output import as_csv, as_json, formatted
from .requests_held import HeldRequest
from .seen import Seen

WRITERS: dict[str, Callable[[list[Any]], bytes]] = {"json": as_json, "csv": as_csv}


class Delivery:
    """Delivers each request once; there is no second try."""

    def __init__(self, dials: Dials, seen: Seen) -> None:
        self._dials = dials
        self._seen = seen

    def deliver(self, request: HeldRequest, ended: threading.Event) -> None:
        """Write the file or make the calls; a failure becomes the status of the request."""
        rows = rows_of(request)
        if request.wish.deliverytype == "download":
            self._write(request, rows, ended)
            return
        try:
            Callbacks(request, self._dials, self._seen).make(rows, ended)
        except Exception as error:  # noqa: BLE001  whatever it is, MTS notes the same status
            self._seen.note("trouble", identifier=request.identifier, error=type(error).__name__)
            request.status = "error_making_callback_request"

    def _write(self, request: HeldRequest, rows: list[Any], ended: threading.Event) -> None:
        struck = self._dials.take(DELIVERY)
        try:
            if "download_error" in struck:
                raise _DownloadError(struck["download_error"])
            content = WRITERS[request.wish.output](rows)
        except Exception as error:  # noqa: BLE001  a row that is no row fails in many ways
            name = str(error) if isinstance(error, _DownloadError) else "unknown_exception"
            request.status = f"error_creating_download_{name}"
            return
        # Whoever asks too early finds no file, then an empty one, then a part.
        for part in (b"", content[: len(content) // 2], content):
            ended.wait(struck.get("file_late", 0))
            if ended.is_set():
                return
            request.file = part


def rows_of(request: HeldRequest) -> list[Any]:
    """Return what the output format makes of each record."""
    wish = request.wish
    return [
        formatted(wish.outputFormat, record.source, record.output()) for record in request.records
    ]


class _DownloadError(Exception):
    """A dial asks for this failure."""
