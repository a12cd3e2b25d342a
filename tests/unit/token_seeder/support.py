"""A plain client of the token seeder, and shorthand for envelopes and records."""

import json
import time
from typing import Any

import requests

from tests.servers.token_seeder.launcher import Seeder

PATIENCE = 10


def person(vid: Any = "111", **changes: Any) -> dict[str, Any]:
    """Return a whole record of an invented person; a change to None leaves the field out."""
    record = {
        "vid": vid,
        "name": "Amara Otieno",
        "gender": "female",
        "dob": "1984/07/19",
        "fullAddress": "Plot 9",
    }
    return {name: value for name, value in (record | changes).items() if value is not None}


def envelope(*records: Any, **request: Any) -> dict[str, Any]:
    """Return an envelope that asks for a JSON file; `request` changes what it asks."""
    return {
        "id": "batch-1",
        "version": "1.0",
        "metadata": "",
        "requesttime": "2026-03-02T08:20:00.000Z",
        "request": {
            "output": "json",
            "deliverytype": "download",
            "authdata": list(records),
            **request,
        },
    }


def calling(url: str, **properties: Any) -> dict[str, Any]:
    """Return the part of a request that asks for callbacks."""
    return {"deliverytype": "callback", "callbackProperties": {"url": url, **properties}}


class Client:
    """Submits and asks; leaves judging the answers to the test."""

    def __init__(self, seeder: Seeder) -> None:
        self.seeder = seeder
        self.http = requests.Session()
        self.http.trust_env = False

    def post(self, body: Any, kind: str = "json", **options: Any) -> requests.Response:
        """Send any JSON as a submission."""
        url = f"{self.seeder.url}/authtoken/{kind}"
        return self.http.post(url, json=body, timeout=20, **options)

    def post_csv(self, text: str | None, **request: Any) -> requests.Response:
        """Submit a CSV file."""
        asked = envelope(**request)
        del asked["request"]["authdata"]
        files = {"csv_file": ("people.csv", text.encode())} if text is not None else {"x": b""}
        url = f"{self.seeder.url}/authtoken/csv"
        return self.http.post(url, data={"request": json.dumps(asked)}, files=files, timeout=20)

    def get(self, path: str) -> requests.Response:
        return self.http.get(f"{self.seeder.url}{path}", timeout=20)

    def submit(self, *records: Any, **request: Any) -> str:
        """Submit, and return the identifier."""
        response = self.post(envelope(*records, **request))
        assert response.status_code == 200, response.text
        return response.json()["response"]["request_identifier"]

    def status(self, identifier: str) -> str:
        return self.get(f"/authtoken/status/{identifier}").json()["response"]["status"]

    def file(self, identifier: str) -> requests.Response:
        return self.get(f"/authtoken/file/{identifier}")

    def finished(self, identifier: str) -> str:
        """Wait until the request has a status that lasts, and return it."""
        going = ("submitted", "submitted_with_errors", "processing")
        wait_for(lambda: self.status(identifier) not in going)
        return self.status(identifier)

    def results(self, *records: Any, **request: Any) -> Any:
        """Submit, wait for the file, and return its content."""
        identifier = self.submit(*records, **request)
        assert self.finished(identifier).startswith("processed")
        wait_for(lambda: self.file(identifier).text not in ("", None))
        return self.file(identifier).json()

    def refusal(self, body: Any, kind: str = "json") -> tuple[int, str]:
        """Return the HTTP status and code of a submission that must be refused."""
        return refused(self.post(body, kind))


def refused(response: requests.Response) -> tuple[int, str]:
    """Return the HTTP status and code of an answer without response."""
    body = response.json()
    assert body["response"] is None
    (error,) = body["errors"]
    return response.status_code, error["errorCode"]


def wait_for(condition: Any, seconds: float = PATIENCE) -> None:
    """Wait until a condition holds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)
