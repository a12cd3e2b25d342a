"""Control endpoints for tests: loopback only, no authentication, JSON in and out."""

import ipaddress
from typing import TYPE_CHECKING, Any

from werkzeug import Request, Response

from . import population
from .changes import Changes, play
from .refusal import Refusal, json_response

if TYPE_CHECKING:
    from .app import App


class Control:
    """Looks into and alters a running registry."""

    def __init__(self, app: "App") -> None:
        self.app = app
        self._version_at_start = -1

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

    def start(self) -> None:
        """Bring everything to the state of the command line."""
        app, options = self.app, self.app.options
        app.dials.set(options.dials)
        app.log.clear()
        app.issuer.calls = 0
        app.issuer.uses.clear()
        app.engine.total.rows = None
        if app.store.version != self._version_at_start:
            population.fill(app.store, options.households, options.individuals, options.seed)
            for step in options.changes:
                if not step.after:
                    play(app.store, step)
            self._version_at_start = app.store.version

    def _get_dials(self, _body: Any) -> Any:
        return self.app.dials.shown()

    def _put_dials(self, body: Any) -> Any:
        self.app.dials.set(body)
        return self.app.dials.shown()

    def _post_reset(self, _body: Any) -> Any:
        self.start()
        return truth(self.app)

    def _post_population(self, body: Any) -> Any:
        population.fill(self.app.store, **body)
        return truth(self.app)

    def _put_registrants(self, body: Any) -> Any:
        self.app.store.replace(body["registrants"])
        return truth(self.app)

    def _patch_registrants(self, body: Any) -> Any:
        self.app.store.put(body["registrants"])
        return truth(self.app)

    def _delete_registrants_one(self, key: str) -> Any:
        if key not in self.app.store.by_key:
            raise Refusal(404, f"No registrant {key!r}")
        self.app.store.remove(key)
        return truth(self.app)

    def _post_changes(self, body: Any) -> Any:
        return play(self.app.store, Changes.read(body))

    def _get_truth(self, _body: Any) -> Any:
        return truth(self.app)

    def _get_log(self, _body: Any) -> Any:
        return {"searches": list(self.app.log), "token_calls": self.app.issuer.calls}

    def _delete_log(self, _body: Any) -> Any:
        self.app.log.clear()
        self.app.issuer.calls = 0
        return {}


def _body(request: Request) -> Any:
    return request.get_json(force=True) if request.get_data() else {}


def truth(app: "App") -> dict[str, int]:
    """Count what the registry returns to a client that asks for everything."""
    with app.store.lock:
        active = [one for one in app.store if one.active]
        groups = [one for one in active if one.is_group]
        people = [one for one in active if not one.is_group]
        rows = [row.person for group in groups for row in group.members if row.person]
    return {
        "households": len(groups),
        "households_with_id": sum(bool(one.wire["regIds"]) for one in groups),
        "households_without_id": sum(not one.wire["regIds"] for one in groups),
        "individuals": len(people),
        "individuals_with_id": sum(bool(one.wire["regIds"]) for one in people),
        "individuals_without_id": sum(not one.wire["regIds"] for one in people),
        "memberships": len(rows),
        "people_in_households": len(set(rows)),
    }
