"""Control endpoints for tests: loopback only, no authentication, JSON in and out."""

import ipaddress
from typing import Any

from werkzeug import Request, Response

from tests.servers.answers import Refusal, json_response
from tests.servers.fault_dials import Dials


class ControlEndpoints:
    """Serves /control/<name> by methods called `_<verb>_<name>`, which get the JSON body.

    /control/<name>/<key> is served by `_<verb>_<name>_one`, which gets the key.
    """

    def __init__(self, dials: Dials) -> None:
        self.dials = dials

    def answer(self, request: Request, what: str) -> Response:
        """Serve /control/<what>. Raises Refusal: 403, 404, 405, or 400 with the reason."""
        if not ipaddress.ip_address(request.remote_addr).is_loopback:
            raise Refusal(403, "Control endpoints answer to this machine only")
        name, _, key = what.partition("/")
        sort = f"{request.method.lower()}_{name}" + ("_one" if key else "")
        handler = getattr(self, f"_{sort}", None)
        if not handler:
            raise Refusal(404, f"No {request.method} /control/{name}")
        try:
            return json_response(handler(key) if key else handler(_body(request)))
        except (ValueError, TypeError, KeyError) as error:
            raise Refusal(400, f"{type(error).__name__}: {error}") from error

    def _get_dials(self, _body: Any) -> Any:
        return self.dials.shown()

    def _put_dials(self, body: Any) -> Any:
        self.dials.set(body)
        return self.dials.shown()


def _body(request: Request) -> Any:
    return request.get_json(force=True) if request.get_data() else {}
