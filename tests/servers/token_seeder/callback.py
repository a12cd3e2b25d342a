"""The calls MTS makes to whoever submitted a request, logging in first if so wished."""

import threading
import time
from typing import Any

import requests

from tests.servers.fault_dials import Dials

from .callback_login import Login, login_of
from .dials import CALL
from .output import as_csv
from .requests_held import HeldRequest
from .seen import Seen
from .shapes import CallbackProperties

METHODS = ("get", "post", "put", "patch", "delete", "options", "head")


class Callbacks:
    """The calls for one request: in order, one after the other, whatever is answered.

    The first exception of the transport ends them all.
    """

    def __init__(self, request: HeldRequest, dials: Dials, seen: Seen) -> None:
        self._request = request
        self._properties: CallbackProperties = request.wish.callbackProperties
        self._dials = dials
        self._seen = seen
        self._session = requests.Session()
        self._session.trust_env = False

    def make(self, rows: list[Any], ended: threading.Event) -> None:
        """Log in, call for each row or once for all, log out. Raises what the transport does."""
        login = login_of(self._properties, self._session, self._note)
        login.begin()
        for row, vid in self._loads(rows):
            if ended.is_set():
                return
            self._deliver(row, login, self._dials.take(CALL, vid=vid))
        login.finish()

    def _loads(self, rows: list[Any]) -> list[tuple[Any, str]]:
        if self._properties.callInBulk:
            return [(rows, "")]
        vids = [record.fields.get("vid", "") for record in self._request.records]
        return list(zip(rows, vids, strict=True))

    def _deliver(self, row: Any, login: Login, struck: dict[str, Any]) -> None:
        time.sleep(struck.get("callback_slow", 0))
        if "callback_lost" in struck:
            self._note("call", "lost", None)
            return
        if "callback_cut" in struck:
            raise requests.ConnectionError("dial")
        for _ in range(2 if "callback_twice" in struck else 1):
            self._call(row, login)

    def _call(self, row: Any, login: Login) -> None:
        method = self._properties.httpMethod.lower()
        if method not in METHODS:
            raise AttributeError(f"module 'requests' has no attribute '{method}'")
        response = self._session.request(
            method,
            self._properties.url,
            headers=login.headers() | self._properties.extraHeaders,
            timeout=self._properties.timeoutSeconds,
            **self._body(row),
        )
        self._note("call", self._properties.url, response.status_code)

    def _body(self, row: Any) -> dict[str, Any]:
        if self._request.wish.output == "csv":
            name = self._properties.requestFileName
            return {"files": {name: (name, as_csv(row))}}
        # Null is sent without a body and without Content-Type.
        return {"json": row}

    def _note(self, step: str, url: str, status: int | None) -> None:
        self._seen.note(
            "callbacks",
            identifier=self._request.identifier,
            step=step,
            url=url,
            status=status,
        )
