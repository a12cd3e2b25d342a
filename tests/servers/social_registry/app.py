"""The registry as an HTTP application: routes, the search call, what becomes of errors."""

import traceback
from collections import deque
from datetime import UTC, datetime
from typing import Any

from werkzeug import Request, Response
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule

from tests.servers.answers import Refusal, json_response
from tests.servers.fault_dials import Dials

from . import envelope, faults
from .control import Control
from .dials import PANEL, SEARCH, TOKEN
from .engine import Engine, QueryRefused, prepare
from .guard import guard
from .lies import Lies
from .oauth import Issuer
from .options import Options
from .plain_graphql import PlainGraphQL
from .signatures import complaint, sign
from .store import Store

G2P_CONNECT = "/api/v1/g2p-connect"
ROUTES = Map(
    [
        Rule(f"{G2P_CONNECT}/registry/sync/search", endpoint="search", methods=["POST"]),
        Rule("/realms/<realm>/protocol/openid-connect/token", endpoint="token", methods=["POST"]),
        Rule("/oauth/token", endpoint="token", methods=["POST"]),
        Rule("/graphql", endpoint="graphql", methods=["POST"]),
        Rule("/control/<path:what>", endpoint="control"),
    ],
    merge_slashes=False,
    strict_slashes=False,
)


class App:
    """One running registry. Called with a request, returns a response or raises ConnectionError."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.store = Store()
        self.engine = Engine(self.store, options.cache_mb * 1_000_000)
        self.issuer = Issuer(options.client_id, options.client_secret, options.token_lifetime)
        self.guard = guard(options, self.issuer)
        self.plain_graphql = PlainGraphQL(self.engine, options.graphql_names)
        self.dials = Dials(PANEL)
        self.log: deque[dict[str, Any]] = deque(maxlen=1000)
        self.control = Control(self)
        self.control.start()

    def __call__(self, request: Request) -> Response:
        try:
            name, arguments = ROUTES.bind_to_environ(request.environ).match()
            return getattr(self, f"_{name}")(request, **arguments)
        except Refusal as refusal:
            return refusal.response()
        except HTTPException as error:
            # FastAPI answers below its own path in JSON, Odoo everywhere else with a page.
            if request.path.startswith(G2P_CONNECT):
                return Refusal(error.code, error.name).response()
            return error.get_response()
        except ConnectionError:
            raise
        except Exception:
            traceback.print_exc()
            return Refusal(500, "Internal Server Error").response()

    def _control(self, request: Request, what: str) -> Response:
        return self.control.answer(request, what)

    def _token(self, request: Request, realm: str = "") -> Response:
        self.issuer.calls += 1
        struck = self.dials.take(TOKEN)
        response = faults.hinder_token(struck)
        if response:
            return response
        return faults.bend_token(self.issuer.answer(request, struck.get("token_expires")), struck)

    def _search(self, request: Request) -> Response:
        call = Peek(request)
        struck = self.dials.take(SEARCH, page=call.page, offset=call.offset)
        entry = call.entry(struck)
        self.log.append(entry)
        try:
            response = faults.hinder_search(struck) or self._answer(request, struck)
        except Refusal as refusal:
            response = refusal.response()
        entry["status"] = response.status_code
        return faults.spoil(response, struck)

    def _answer(self, request: Request, struck: faults.Faults) -> Response:
        # The order of a FastAPI route: JSON syntax, then dependencies, then the model.
        body = envelope.read(
            request.get_data(), request.headers.get("Content-Type"), self.options.lenient
        )
        self.guard(request, struck.get("token_uses"))
        wanted = envelope.check(body)
        envelope.ask_for(body, struck.get("require"))
        self._check_signature(body)
        records = [self._records(item, struck) for item in wanted.message.search_request]
        answer = faults.bend_answer(envelope.answer(wanted), struck)
        text = envelope.fill(answer, records)
        if self.options.sign_key and "unsigned" not in struck:
            text = sign(text, self.options.sign_key, struck.get("signed_at"))
        return json_response(text.replace(*struck.get("tamper", ("", ""))))

    def _check_signature(self, body: dict[str, Any]) -> None:
        code = self.options.verify_key and complaint(body, self.options.verify_key)
        if code:
            raise Refusal(400, f"{code}: the signature does not fit the message")

    def _graphql(self, request: Request) -> Response:
        struck = self.dials.take(SEARCH)
        self.guard(request, struck.get("token_uses"))
        response = faults.hinder_search(struck) or self.plain_graphql.answer(request)
        query = (request.get_json(force=True, silent=True) or {}).get("query")
        self.log.append({"query": query, "status": response.status_code})
        return faults.spoil(response, struck)

    def _records(self, item: envelope.SearchRequest, struck: faults.Faults) -> str:
        if item.search_criteria.query_type != "graphql":
            raise Refusal(500, "Internal Server Error")
        if "no_introspection" in struck and "__schema" in item.search_criteria.query:
            raise Refusal(404, "GraphQL introspection is not allowed.")
        try:
            text = self.engine.run(item.search_criteria.query, Lies.told(struck))
        except QueryRefused as error:
            raise Refusal(404, str(error)) from None
        return faults.bend_records(text, struck)


class Peek:
    """What can be seen of a search call before anything is checked: envelope and page."""

    def __init__(self, request: Request) -> None:
        self.envelope = request.get_json(force=True, silent=True)
        try:
            query = self.envelope["message"]["search_request"][0]["search_criteria"]["query"]
            prepared = prepare(query if isinstance(query, str) else "")
        except (KeyError, IndexError, TypeError):
            prepared = prepare("")
        self.limit, self.offset = prepared.limit, prepared.offset

    @property
    def page(self) -> int | None:
        """The number of the page, from 0; None without a limit."""
        return (self.offset or 0) // self.limit if self.limit else None

    def entry(self, struck: faults.Faults) -> dict[str, Any]:
        """Return the log entry; `status` is filled in later and stays None for a reset."""
        return {
            "at": datetime.now(UTC).isoformat(),
            "envelope": self.envelope,
            "limit": self.limit,
            "offset": self.offset,
            "faults": sorted(struck),
            "status": None,
        }
