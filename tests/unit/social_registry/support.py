"""A plain client of the sample registry, and shorthand for explicit records."""

from typing import Any

import requests

from tests.servers.social_registry.launcher import Registry

MEMBERS = "{ getRegistrants(isGroup: true) { groupMembershipIds { individual { name } } } }"


def envelope(query: str, **criteria: Any) -> dict[str, Any]:
    """Return the smallest envelope the registry accepts, asking `query`."""
    item = {"search_criteria": {"query": query, **criteria}}
    return {"header": {"total_count": 1}, "message": {"search_request": [item]}}


def person(key: str, **fields: Any) -> dict[str, Any]:
    """Return an explicit individual."""
    return {"key": key, "is_group": False, "name": key.upper(), **fields}


def group(key: str, *members: str, **fields: Any) -> dict[str, Any]:
    """Return an explicit household of members without kind."""
    rows = [{"individual": member, "kinds": []} for member in members]
    return {"key": key, "is_group": True, "name": key.upper(), "members": rows, **fields}


class Client:
    """Asks for a token and searches; leaves judging the answers to the test."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self.http = requests.Session()
        self.http.trust_env = False

    def ask_token(self, **changes: Any) -> requests.Response:
        """Ask for a token with the right client; a change to None leaves the field out."""
        form = {
            "grant_type": "client_credentials",
            "client_id": self.registry.client_id,
            "client_secret": self.registry.client_secret,
        }
        return self.http.post(self.registry.token_url, data=form | changes, timeout=20)

    def log_in(self) -> str:
        """Use a new token from now on, and return it."""
        token = self.ask_token().json()["access_token"]
        self.http.headers["Authorization"] = f"Bearer {token}"
        return token

    def post(self, body: Any, **options: Any) -> requests.Response:
        """Send any JSON as search."""
        return self.http.post(self.registry.search_url, json=body, timeout=20, **options)

    def search(self, query: str, **criteria: Any) -> requests.Response:
        """Send a search and return whatever comes back."""
        return self.post(envelope(query, **criteria))

    def records(self, query: str) -> dict[str, Any]:
        """Return `reg_records` of a search that must succeed."""
        response = self.search(query)
        assert response.status_code == 200, response.text
        return response.json()["message"]["search_response"][0]["data"]["reg_records"]

    def names(self, arguments: str) -> list[str]:
        """Return the names that `getRegistrants(arguments)` finds, in its order."""
        found = self.records(f"{{ getRegistrants({arguments}) {{ name }} }}")
        return [row["name"] for row in found["getRegistrants"]]

    def refusal(self, query: str) -> str:
        """Return the detail of a query that must be refused with 404."""
        response = self.search(query)
        assert response.status_code == 404, response.text
        return response.json()["detail"]
