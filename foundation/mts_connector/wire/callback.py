"""How an MTS brings its results, and as whom it does so.

All of it is stored by the MTS until its clean-up, passwords included.
"""

from dataclasses import dataclass


class Authentication:
    """As whom an MTS calls; this one: as nobody."""

    def properties(self) -> dict[str, object]:
        """The members of ``callbackProperties`` that say so."""
        return {"authType": "none"}


@dataclass(frozen=True)
class StaticBearer(Authentication):
    """With a fixed token in the header ``Authorization``."""

    token: str

    def properties(self):
        return {"authType": "staticBearer", "authStaticBearer": {"token": self.token}}


@dataclass(frozen=True)
class OdooLogin(Authentication):
    """With a session of Odoo.

    :param url: the route that authenticates; its last step is replaced by ``logout`` afterwards
    """

    url: str
    database: str
    username: str
    password: str

    def properties(self):
        login = {
            "authUrl": self.url,
            "database": self.database,
            "username": self.username,
            "password": self.password,
        }
        return {"authType": "odoo", "authOdoo": login}


@dataclass(frozen=True)
class OAuth(Authentication):
    """With a token of an OAuth2 server: of a user if there is one, else of the client."""

    url: str
    username: str = ""
    password: str = ""
    client_id: str = ""
    client_secret: str = ""

    def properties(self):
        # The MTS has defaults for none of them but takes an empty text for each.
        login = {
            "authUrl": self.url,
            "username": self.username,
            "password": self.password,
            "clientId": self.client_id,
            "clientSecret": self.client_secret,
        }
        return {"authType": "oauth", "authOauth": login}


@dataclass(frozen=True)
class Callback:
    """Where an MTS brings its results.

    :param timeout: seconds it waits for each answer
    :param in_bulk: all records in one call, as a JSON array; a call per record otherwise
    :param file_name: field of the multipart form that holds the file, with output ``csv``
    """

    url: str
    method: str = "POST"
    timeout: int = 10
    in_bulk: bool = False
    file_name: str = ""
    authentication: Authentication = Authentication()

    def properties(self) -> dict[str, object]:
        """The member ``callbackProperties`` of a request."""
        properties = {
            "url": self.url,
            "httpMethod": self.method,
            "timeoutSeconds": self.timeout,
            "callInBulk": self.in_bulk,
            **self.authentication.properties(),
        }
        return {**properties, "requestFileName": self.file_name} if self.file_name else properties
