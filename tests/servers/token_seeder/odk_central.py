"""A small ODK Central: sessions, and the OData feed of one form, below /odk."""

import re
import secrets
from datetime import datetime
from threading import Lock
from typing import Any

from werkzeug import Request, Response

from tests.servers.answers import json_response

_WINDOW = re.compile(
    r"__system/submissionDate ge (?P<start>\S+) and __system/submissionDate lt (?P<end>\S+)"
)


class OdkCentral:
    """Holds submissions; each has `__system.submissionDate` (RFC 3339)."""

    def __init__(self, email: str, password: str) -> None:
        self._login = {"email": email, "password": password}
        self._lock = Lock()
        self._tokens: set[str] = set()
        self._submissions: list[dict[str, Any]] = []

    def hold(self, submissions: list[dict[str, Any]]) -> None:
        """Replace all submissions. Raises KeyError or ValueError for one without date."""
        for submission in submissions:
            moment_of(submission)
        with self._lock:
            self._submissions = submissions

    def session(self, request: Request) -> Response:
        """Answer a login with a token, or 401."""
        if request.get_json(force=True, silent=True) != self._login:
            return _problem(401, 401.2, "Could not authenticate with the provided credentials.")
        token = secrets.token_hex(16)
        with self._lock:
            self._tokens.add(token)
        return json_response({"token": token})

    def submissions(self, request: Request) -> Response:
        """Answer with the submissions in the window that is asked for."""
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        with self._lock:
            known, rows = token in self._tokens, list(self._submissions)
        if not known:
            return _problem(401, 401.2, "Could not authenticate with the provided credentials.")
        wanted = request.args.get("$filter")
        window = _WINDOW.fullmatch(wanted) if wanted else None
        if wanted and not window:
            return _problem(501, 501.4, "The given OData filter expression uses what is missing.")
        if window:
            start, end = (datetime.fromisoformat(text) for text in window.groups())
            rows = [row for row in rows if start <= moment_of(row) < end]
        return json_response({"value": rows})


def moment_of(submission: dict[str, Any]) -> datetime:
    """Return when a submission came in, aware. Raises KeyError or ValueError."""
    moment = datetime.fromisoformat(submission["__system"]["submissionDate"])
    if not moment.tzinfo:
        raise ValueError("a submissionDate has no time zone")
    return moment


def _problem(status: int, code: float, message: str) -> Response:
    return json_response({"code": code, "message": message}, status)
