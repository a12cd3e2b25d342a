"""From the body of a submission to a request that can be queued, or an answer at once."""

import csv
import io
import time
from contextlib import closing
from typing import Any

from werkzeug import Request

from tests.servers.fault_dials import Dials

from . import rules, shapes
from .authenticator import Verdict, authenticate
from .dials import RECORD, SYNC
from .errors import MTSError, invalid
from .odk_pull import pull
from .settings import Settings
from .shapes import Wish
from .validation import Record, checked, fields_of

ODDITY = [{"errorCode": "", "errorMessage": ". "}]


class Intake:
    """Reads submissions. `mandatory` are the fields every record must have, beside the VID."""

    def __init__(self, settings: Settings, dials: Dials, mandatory: tuple[str, ...]) -> None:
        self._settings = settings
        self._dials = dials
        self._mandatory = mandatory

    def read(self, kind: str, request: Request) -> tuple[Wish, list[Record]]:
        """Return what is wished and the records. Raises MTSError, or any exception for a 500."""
        wish, sources = _READERS[kind](request)
        time.sleep(self._settings.intake * len(sources))
        return wish, [checked(source, wish.mapping, self._mandatory) for source in sources]

    def answer_at_once(self, request: Request) -> tuple[dict[str, Any], list | None]:
        """Return `response` and `errors` for one record. Raises MTSError."""
        asked = shapes.read("sync", request.get_data())
        rules.check_time(asked)
        wish = asked.request
        if not wish.authdata:
            raise MTSError("ATS-REQ-009")
        vid = fields_of(wish.authdata, wish.mapping, self._mandatory)["vid"]
        struck = self._dials.take(RECORD, vid=vid)
        if "auth_exception" in struck:
            raise MTSError("ATS-REQ-100", "Unknown exception", 500)
        return self._told(
            authenticate(vid, self._settings.partner_id, self._settings.refusals, struck)
        )

    def _told(self, verdict: Verdict) -> tuple[dict[str, Any], list | None]:
        if verdict.token:
            odd = "sync_errors" in self._dials.take(SYNC)
            return {"authStatus": True, "authToken": verdict.token}, ODDITY if odd else None
        errors = [
            {"errorCode": code, "errorMessage": f"{text}. Please try again"}
            for code, text in verdict.errors
        ]
        return {"authStatus": False}, errors


def _read_json(request: Request) -> tuple[Wish, list[dict[str, Any]]]:
    asked = shapes.read("json", request.get_data())
    rules.check(asked)
    if not asked.request.authdata:
        raise invalid("authdata is missing or empty")
    return asked.request, asked.request.authdata


def _read_csv(request: Request) -> tuple[Wish, list[dict[str, Any]]]:
    asked = shapes.read("csv", request.form.get("request", ""))
    rules.check(asked)
    if "csv_file" not in request.files:
        raise invalid("csv file is missing")
    with closing(request.files["csv_file"]) as file:
        text = file.read().decode()
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=asked.request.csvDelimiter)
    return asked.request, list(rows)


def _read_odk(request: Request) -> tuple[Wish, list[dict[str, Any]]]:
    asked = shapes.read("odk", request.get_data())
    rules.check(asked)
    rules.check_odk(asked.request.odkconfig)
    return asked.request, pull(asked.request.odkconfig)


_READERS = {"json": _read_json, "csv": _read_csv, "odk": _read_odk}
