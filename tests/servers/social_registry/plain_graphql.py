"""The same registry without the envelope: GraphQL over HTTP, in names of its own if wished."""

from typing import Any

from graphql import GraphQLSchema, execute_sync, parse, validate
from graphql.error import GraphQLError
from werkzeug import Request, Response

from tests.servers.answers import dump

from .engine import Engine
from .schema import Call, altered_names

MODERN = "application/graphql-response+json"


class PlainGraphQL:
    """Answers `{"query": …}`. `names`: OpenG2P's name → the one here; empty takes it away."""

    def __init__(self, engine: Engine, names: dict[str, str]) -> None:
        self._engine = engine
        self._schema: GraphQLSchema = altered_names(names)

    def answer(self, request: Request) -> Response:
        """Return data or errors; the status as the draft specification has it for each type."""
        body = request.get_json(force=True, silent=True)
        query = body.get("query") if isinstance(body, dict) else None
        result = self._run(query if isinstance(query, str) else "")
        modern = MODERN in request.headers.get("Accept", "")
        status = 400 if modern and "data" not in result else 200
        kind = MODERN if modern else "application/json"
        return Response(dump(result), status, content_type=kind)

    def _run(self, query: str) -> dict[str, Any]:
        try:
            document = parse(query)
        except GraphQLError as error:
            return {"errors": [error.formatted]}
        if errors := validate(self._schema, document):
            return {"errors": [error.formatted for error in errors]}
        call = Call(self._engine.listing, self._engine.total)
        with self._engine.store.lock:
            return execute_sync(self._schema, document, context_value=call).formatted
