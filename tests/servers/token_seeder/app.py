"""MTS as an HTTP application: routes, and what becomes of errors."""

import threading
import traceback
from datetime import UTC, datetime
from typing import Any

from werkzeug import Request, Response
from werkzeug.exceptions import HTTPException

from tests.servers.answers import Refusal, dump, json_response
from tests.servers.fault_dials import Dials

from . import faults
from .control import Control
from .delivery import Delivery
from .dials import FILE, PANEL, STATUS, SUBMIT, facts_of_submission
from .errors import MTSError, unexpected
from .odk_central import OdkCentral
from .options import Options
from .requests_held import HeldRequest, HeldRequests
from .routing import routes
from .seen import Seen
from .settings import Settings
from .submission import Intake
from .validation import FIELDS
from .worker import Worker


class App:
    """One running seeder. Called with a request, returns a response or raises ConnectionError."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.dials = Dials(PANEL)
        self.seen = Seen()
        self.settings = Settings.at_start(options)
        self.odk = OdkCentral(options.odk_email, options.odk_password)
        self.intake = Intake(self.settings, self.dials, options.mandatory)
        self.control = Control(self)
        self.held, self.worker = HeldRequests(), None
        self._routes = routes(options.prefix.rstrip("/"), sync=options.sync)
        # What MTS does for one caller, it does while all others wait.
        self._turn = threading.Lock()
        # The time of its answers is that of its start.
        self._started = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def begin(self) -> None:
        """Start a life: a queue without requests, and the regular clean-up."""
        self.control.start()
        threading.Thread(target=self._sweep, daemon=True).start()

    def restart(self, *, forget: bool = True) -> None:
        """End the queue as a restart does; what was under way stays as it is, if anything stays."""
        if self.worker:
            self.worker.end()
        if forget:
            self.held = HeldRequests()
        delivery = Delivery(self.dials, self.seen)
        self.worker = Worker(self.held, self.settings, self.dials, delivery)

    def __call__(self, request: Request) -> Response:
        try:
            name, arguments = self._routes.bind_to_environ(request.environ).match()
            return getattr(self, f"_{name}")(request, **arguments)
        except Refusal as refusal:
            return refusal.response()
        except HTTPException as error:
            return Refusal(error.code, error.name).response()
        except ConnectionError:
            raise
        except Exception:
            traceback.print_exc()
            return Refusal(500, "Internal Server Error").response()

    def _control(self, request: Request, what: str) -> Response:
        return self.control.answer(request, what)

    def _odk_session(self, request: Request) -> Response:
        return self.odk.session(request)

    def _odk_submissions(self, request: Request, project: str, form: str) -> Response:
        return self.odk.submissions(request)

    def _ping(self, _request: Request) -> Response:
        return self._turned(lambda: json_response(dump("[0 - 0] pong")))

    def _authfields(self, _request: Request) -> Response:
        return self._turned(self._envelope, {"authfields": list(FIELDS)})

    def _submit(self, request: Request, kind: str) -> Response:
        body = _readable(request)
        event = self.seen.note("submissions", kind=kind, envelope=body, status=None)
        struck = self.dials.take(SUBMIT, **facts_of_submission(body))
        response = faults.hinder(SUBMIT, struck) or self._turned(self._accept, request, kind)
        event.update(status=response.status_code, answer=response.get_json(silent=True))
        if "submit_lost" in struck:
            raise ConnectionResetError("dial")
        return response

    def _accept(self, request: Request, kind: str) -> Response:
        wish, records = self.intake.read(kind, request)
        held = HeldRequest(wish, records)
        self.held.add(held)
        self.worker.take(held)
        errors = None if held.has_valid_records else MTSError("ATS-REQ-101").shown()
        return self._envelope({"request_identifier": held.identifier}, errors)

    def _sync(self, request: Request) -> Response:
        event = self.seen.note("submissions", kind="sync", envelope=_readable(request), status=None)
        struck = self.dials.take(SUBMIT)
        response = faults.hinder(SUBMIT, struck) or self._turned(self._answer_at_once, request)
        event["status"] = response.status_code
        return response

    def _answer_at_once(self, request: Request) -> Response:
        response, errors = self.intake.answer_at_once(request)
        return self._envelope(response, errors, version="1.0")

    def _status(self, _request: Request, identifier: str) -> Response:
        return self._polled(STATUS, identifier, self._show_status)

    def _show_status(self, identifier: str) -> Response:
        return self._envelope({"status": self._held(identifier).status})

    def _file(self, _request: Request, identifier: str) -> Response:
        return self._polled(FILE, identifier, self._show_file)

    def _show_file(self, identifier: str) -> Response:
        held = self._held(identifier)
        if not held.status.startswith("processed"):
            raise MTSError("ATS-REQ-017", status=202)
        if held.file is None:
            raise FileNotFoundError(f"File at path ./{identifier} does not exist.")
        return Response(held.file, content_type="text/plain; charset=utf-8")

    def _held(self, identifier: str) -> HeldRequest:
        held = self.held.get(identifier)
        if not held:
            raise MTSError("ATS-REQ-016", status=404)
        return held

    def _polled(self, scope: str, identifier: str, show: Any) -> Response:
        event = self.seen.note("polls", what=scope, identifier=identifier, status=None)
        response = faults.hinder(scope, self.dials.take(scope)) or self._turned(show, identifier)
        event["status"] = response.status_code
        return response

    def _turned(self, action: Any, *arguments: Any) -> Response:
        with self._turn:
            try:
                return action(*arguments)
            except MTSError as error:
                return self._envelope(None, error.shown(), error.status)
            except Exception as error:  # noqa: BLE001  MTS answers with the text of any of them
                self.seen.note("trouble", error=type(error).__name__)
                refusal = unexpected(error)
                return self._envelope(None, refusal.shown(), refusal.status)

    def _envelope(
        self, response: Any, errors: Any = None, status: int = 200, version: str = "1.1.0"
    ) -> Response:
        body = {
            "id": "mosip.token.seeder",
            "version": version,
            "metadata": {},
            "responsetime": self._started,
            "errors": errors,
            "response": response,
        }
        return json_response(body, status)

    def _sweep(self) -> None:
        pause = threading.Event()
        while not pause.wait(self.settings.sweep):
            self.held.remove_older(self.settings.expiry)


def _readable(request: Request) -> Any:
    if request.mimetype == "multipart/form-data":
        return {"request": request.form.get("request"), "files": list(request.files)}
    return request.get_json(force=True, silent=True)
