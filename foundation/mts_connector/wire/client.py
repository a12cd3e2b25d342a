"""The calls to an MTS."""

import json
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from urllib.parse import quote

import requests

from . import http
from .answer import Receipt, read_csv, read_receipt, read_records, read_status
from .envelope import Submission, envelope
from .errors import MTSError, TemporaryError

#: Seconds for any call.
PATIENCE = 30.0
#: Seconds a submission costs the MTS for each record (12 ms were measured), with a margin.
PER_RECORD = 0.05
#: Seconds for a pull from ODK: the MTS calls ODK while we wait.
PULL_PATIENCE = 300.0


class TokenSeeder(AbstractContextManager):
    """An MTS; a context manager. Every call raises an ``MTSError``, see ``wire.errors``.

    :param url: its address, with the path it is served under if there is one
    :param allowed_in_clear: whether another machine may be called without encryption
    """

    def __init__(self, url: str, *, allowed_in_clear: bool = False):
        self._url = url.rstrip("/")
        self._allowed_in_clear = allowed_in_clear
        self._session = requests.Session()

    def __exit__(self, *_exception) -> None:
        self._session.close()

    def submit(self, submission: Submission, records: Sequence[Mapping[str, str]]) -> Receipt:
        """Hand over people. The MTS answers nobody else meanwhile, so patience grows with them."""
        body = envelope(submission.request(authdata=list(records)))
        timeout = PATIENCE + PER_RECORD * len(records)
        return read_receipt(self._call("POST", "authtoken/json", timeout, json=body))

    def submit_csv(self, submission: Submission, csv: bytes, lines: int) -> Receipt:
        """Hand over a CSV file.

        :param csv: UTF-8, separated by commas; the first line has the names of the columns
        :param lines: how many people are in it
        """
        body = json.dumps(envelope(submission.request()))
        files = {"csv_file": ("people.csv", csv, "text/csv")}
        timeout = PATIENCE + PER_RECORD * lines
        call = self._call("POST", "authtoken/csv", timeout, data={"request": body}, files=files)
        return read_receipt(call)

    def submit_odk(self, submission: Submission, source: Mapping[str, str]) -> Receipt:
        """Let the MTS pull submissions from ODK Central.

        :param source: the ``odkconfig`` of the MTS: baseurl, email, password, a form, a window
        """
        body = envelope(submission.request(odkconfig=dict(source)))
        return read_receipt(self._call("POST", "authtoken/odk", PULL_PATIENCE, json=body))

    def status(self, identifier: str) -> str:
        """How far a request is: ``submitted``, ``processing``, ``processed``, …"""
        return read_status(self._call("GET", f"authtoken/status/{quote(identifier)}", PATIENCE))

    def is_up(self) -> bool:
        """Whether it answers at all: it is asked about a request that nobody has made."""
        try:
            self.status("none")
        except TemporaryError:
            return False
        except MTSError:
            return True
        return True

    def records(self, identifier: str) -> list:
        """The results of a request that was to be fetched, with output ``json``."""
        return read_records(self._file(identifier))

    def file(self, identifier: str, output: str) -> bytes:
        """The file of a request that was to be fetched, once it is complete.

        :param output: ``json`` or ``csv``
        """
        response = self._file(identifier)
        return (
            read_csv(response) if output == "csv" else json.dumps(read_records(response)).encode()
        )

    def _file(self, identifier: str) -> requests.Response:
        return self._call("GET", f"authtoken/file/{quote(identifier)}", PATIENCE)

    def _call(self, method: str, path: str, timeout: float, **content) -> requests.Response:
        http.require_encryption(self._url, self._allowed_in_clear)
        return http.call(self._session, method, f"{self._url}/{path}", timeout, **content)
