"""Answering query texts: parsed once, executed against the store, kept until it changes."""

from collections import OrderedDict
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLError,
    GraphQLSchema,
    IntValueNode,
    OperationDefinitionNode,
    execute_sync,
    parse,
    validate,
)

from tests.servers.answers import dump

from .lies import HONEST, Lies
from .listing import Listing
from .schema import SCHEMA, Call, SharedTotal, altered
from .selection import SelectingExecutor
from .store import Store


class QueryRefused(Exception):
    """The query cannot be answered; the text is the first error's message, as the client sees."""


@dataclass(frozen=True)
class Prepared:
    """A parsed query text, or the reason why it is none, and the page it asks for."""

    document: DocumentNode | None = None
    refusal: str | None = None
    limit: int | None = None
    offset: int | None = None


@lru_cache(maxsize=512)
def prepare(query: str) -> Prepared:
    """Parse and validate. Never raises: the result says what is wrong."""
    if not query:
        return Prepared(refusal="Must provide query string.")
    try:
        document = parse(query)
    except GraphQLError as error:
        return Prepared(refusal=error.message)
    paging = literals(document)
    return Prepared(
        document, refusal_of(document, SCHEMA), paging.get("limit"), paging.get("offset")
    )


def refusal_of(document: DocumentNode, schema: GraphQLSchema) -> str | None:
    """Return what the schema objects to first, or None."""
    errors = validate(schema, document)
    return errors[0].message if errors else None


def literals(document: DocumentNode) -> dict[str, int]:
    """Return the whole-number arguments of the first `getRegistrants`, by name."""
    for operation in document.definitions:
        if isinstance(operation, OperationDefinitionNode):
            for node in operation.selection_set.selections:
                if isinstance(node, FieldNode) and node.name.value == "getRegistrants":
                    return {
                        argument.name.value: int(argument.value.value)
                        for argument in node.arguments or ()
                        if isinstance(argument.value, IntValueNode)
                    }
    return {}


class Engine:
    """Executes queries for all callers; `total` is the server's shared row count."""

    def __init__(self, store: Store, cache_bytes: int) -> None:
        self.store = store
        self.listing = Listing(store)
        self.total = SharedTotal()
        self.cache = AnswerCache(cache_bytes)

    def run(self, query: str, lies: Lies = HONEST) -> str:
        """Return the GraphQL `data` as JSON text. Raises QueryRefused."""
        document = self._read(query, lies)
        call = Call(self.listing, self.total, lies)
        honest = lies == HONEST
        with self.store.lock:
            key = (query, self.store.version)
            kept = self.cache.get(key) if honest else None
            if kept:
                return self._repeat(*kept)
            data = self._execute(document, call)
        text = dump(data)
        if call.repeatable and honest:
            self.cache.put(key, text, call.listed)
        return text

    def _read(self, query: str, lies: Lies) -> DocumentNode:
        prepared = prepare(query)
        refusal = prepared.refusal
        if lies.schema and prepared.document:
            refusal = refusal_of(prepared.document, altered(lies.schema))
        if refusal is not None:
            raise QueryRefused(refusal)
        return prepared.document

    def _repeat(self, text: str, rows: int | None) -> str:
        if rows is not None:
            self.total.rows = rows
        return text

    def _execute(self, document: DocumentNode, call: Call) -> dict[str, Any]:
        schema = altered(call.lies.schema)
        result = execute_sync(
            schema, document, context_value=call, executor_class=SelectingExecutor
        )
        if result.errors:
            raise QueryRefused(result.errors[0].message)
        return result.data


class AnswerCache:
    """JSON texts by (query, store version), the least recently used forgotten first."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._used = 0
        self._kept: OrderedDict[tuple[str, int], tuple[str, int | None]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: tuple[str, int]) -> tuple[str, int | None] | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def put(self, key: tuple[str, int], text: str, rows: int | None) -> None:
        with self._lock:
            if key in self._kept or len(text) > self.size:
                return
            self._kept[key] = (text, rows)
            self._used += len(text)
            while self._used > self.size:
                self._used -= len(self._kept.popitem(last=False)[1][0])
