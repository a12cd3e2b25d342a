"""How MTS logs in where it calls back: not at all, as Odoo wants it, by OAuth, or by a token."""

import base64
import json
import time
from collections.abc import Callable
from urllib.parse import urljoin

import requests

from .shapes import AuthOauth, AuthOdoo, CallbackProperties

Note = Callable[[str, str, int | None], None]


class Login:
    """No login, or a fixed header."""

    def __init__(self, headers: dict[str, str] | None = None) -> None:
        self._headers = headers or {}

    def begin(self) -> None:
        """Do what comes before the first call."""

    def headers(self) -> dict[str, str]:
        """Return the headers of the next call."""
        return self._headers

    def finish(self) -> None:
        """Do what comes after the last call."""


class OdooLogin(Login):
    """A session cookie: GET with a body for login, GET for logout. No answer is looked at."""

    def __init__(self, auth: AuthOdoo, session: requests.Session, note: Note) -> None:
        super().__init__()
        self._auth = auth
        self._session = session
        self._note = note

    def begin(self) -> None:
        params = {
            "db": self._auth.database,
            "login": self._auth.username,
            "password": self._auth.password,
        }
        self._get(
            "login", self._auth.authUrl, json={"jsonrpc": "2.0", "params": params}, **self._extra()
        )

    def finish(self) -> None:
        self._get("logout", urljoin(self._auth.authUrl, "logout"))

    def _extra(self) -> dict[str, dict[str, str]]:
        return {"headers": self._auth.extraHeaders} if self._auth.extraHeaders else {}

    def _get(self, step: str, url: str, **options) -> None:
        response = self._session.get(url, **options)
        self._note(step, url, response.status_code)


class OauthLogin(Login):
    """A bearer token, renewed when its own `exp` has passed."""

    def __init__(self, auth: AuthOauth, session: requests.Session, note: Note) -> None:
        super().__init__()
        self._auth = auth
        self._session = session
        self._note = note
        self._token = ""

    def begin(self) -> None:
        response = self._session.post(
            self._auth.authUrl, data=self._form(), headers=self._auth.extraHeaders
        )
        self._note("login", self._auth.authUrl, response.status_code)
        self._token = response.json()["access_token"]

    def headers(self) -> dict[str, str]:
        # Without padding: most tokens fail here, as they do with the real MTS.
        payload = json.loads(base64.b64decode(self._token.split(".")[1]))
        if payload["exp"] <= time.time():
            self.begin()
        return {"Authorization": f"Bearer {self._token}"}

    def _form(self) -> dict[str, str]:
        auth = self._auth
        client = {"client_id": auth.clientId, "client_secret": auth.clientSecret}
        client = {name: value for name, value in client.items() if value}
        if auth.username:
            person = {"username": auth.username, "password": auth.password}
            return {"grant_type": "password", **person, **client}
        return {"grant_type": "client_credentials", **client}


def login_of(properties: CallbackProperties, session: requests.Session, note: Note) -> Login:
    """Return the login that the request wishes."""
    if properties.authType == "odoo":
        return OdooLogin(properties.authOdoo, session, note)
    if properties.authType == "oauth":
        return OauthLogin(properties.authOauth, session, note)
    if properties.authType == "staticBearer":
        return Login({"Authorization": f"Bearer {properties.authStaticBearer.token}"})
    return Login()
