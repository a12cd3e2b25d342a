"""Control endpoints for tests: look into a running seeder, and do to it what happens to one."""

from typing import TYPE_CHECKING, Any

from tests.servers.control import ControlEndpoints

from .settings import Settings

if TYPE_CHECKING:
    from .app import App


class Control(ControlEndpoints):
    """Looks into and alters a running seeder."""

    def __init__(self, app: "App") -> None:
        super().__init__(app.dials)
        self.app = app

    def start(self) -> None:
        """Bring everything to the state of the command line."""
        app = self.app
        app.dials.set(app.options.dials)
        vars(app.settings).update(vars(Settings.at_start(app.options)))
        app.odk.hold([])
        app.restart()
        app.seen.clear()

    def _post_reset(self, _body: Any) -> Any:
        self.start()
        return {}

    def _post_restart(self, body: Any) -> Any:
        self.app.restart(**body)
        return {}

    def _get_settings(self, _body: Any) -> Any:
        return self.app.settings.shown()

    def _patch_settings(self, body: Any) -> Any:
        self.app.settings.change(body)
        return self.app.settings.shown()

    def _post_cleanup(self, body: Any) -> Any:
        seconds = body.get("older_than", self.app.settings.expiry)
        return {"gone": self.app.held.remove_older(seconds)}

    def _get_seen(self, _body: Any) -> Any:
        return self.app.seen.shown()

    def _delete_seen(self, _body: Any) -> Any:
        self.app.seen.clear()
        return {}

    def _get_requests(self, _body: Any) -> Any:
        return [request.shown() for request in self.app.held.all()]

    def _put_odk(self, body: Any) -> Any:
        self.app.odk.hold(body["submissions"])
        return {}
