"""Control endpoints for tests: loopback only, no authentication, JSON in and out."""

from typing import TYPE_CHECKING, Any

from tests.servers.answers import Refusal
from tests.servers.control import ControlEndpoints

from . import population
from .changes import Changes, play

if TYPE_CHECKING:
    from .app import App


class Control(ControlEndpoints):
    """Looks into and alters a running registry."""

    def __init__(self, app: "App") -> None:
        super().__init__(app.dials)
        self.app = app
        self._version_at_start = -1

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
