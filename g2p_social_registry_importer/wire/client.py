"""What the importer asks of a Social Registry: a page of registrants, or anything else."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from gql import GraphQLRequest
from gql.transport import Transport
from graphql import DocumentNode

from .errors import QueryRefusal, RefusalError
from .query import ROOT_FIELD, Page, RegistryQuery


@dataclass(frozen=True)
class Answer:
    """One page as it came.

    :param records: wire records in the registry's order, camelCase keys; an item may be None
    :param answered_at: the registry's clock, aware UTC, or None
    :param refusals: place from 0 → why the registry could not send that record, in its words
    """

    records: list[dict | None]
    answered_at: datetime | None
    refusals: dict[int, str] = field(default_factory=dict)


class SocialRegistry:
    """A registry reached through a transport; use as a context manager to free its sockets."""

    def __init__(self, transport: Transport):
        self._transport = transport

    def __enter__(self) -> "SocialRegistry":
        self._transport.connect()
        return self

    def __exit__(self, *_exc) -> None:
        self._transport.close()

    def fetch(self, query: RegistryQuery, page: Page) -> Answer:
        """Ask for one page.

        :raises ConfigurationError, TemporaryError, RefusalError: see :mod:`errors`
        """
        request = GraphQLRequest(query.for_page(page))
        result = self._transport.execute(request, is_group=page.is_group)
        return Answer(_rows(result.data), (result.extensions or {}).get("answered_at"))

    def ask(self, document: DocumentNode, *, is_group: bool) -> dict | list:
        """Send any query and give its data as it came.

        :raises ConfigurationError, TemporaryError, RefusalError: see :mod:`errors`
        """
        return self._transport.execute(GraphQLRequest(document), is_group=is_group).data


def goes_on_behind(
    registry: SocialRegistry, query: RegistryQuery, page: Page, answer: Answer
) -> bool:
    """Whether a short page is short because the registry sends no more rows at a time.

    Taken for the end, such a page would lose everybody behind it. Asks for one row, unless the
    page is full or empty; a registry that ignores the offset shows a row of the page again.

    :raises ConfigurationError, TemporaryError, RefusalError: see :mod:`errors`
    """
    received = len(answer.records)
    if not 0 < received < page.limit:
        return False
    try:
        next_row = replace(page, limit=1, offset=page.offset + received)
        behind = registry.fetch(query, next_row).records
    except QueryRefusal:
        return True  # of a query that it answered before, it can only refuse a row
    return bool(behind) and behind[0] not in answer.records


def _rows(data: dict | list) -> list[dict | None]:
    rows = data.get(ROOT_FIELD) if isinstance(data, dict) else data
    if not isinstance(rows, list):
        raise RefusalError(f"The answer holds no list of {ROOT_FIELD}.")
    return rows
