"""Small questions to a registry, each of which it may refuse."""

from datetime import UTC, datetime

from graphql import parse

from ..bad_rows import fetch_page
from ..client import SocialRegistry
from ..errors import RefusalError
from ..page import Page
from ..query import ROOT_FIELD, TOTAL_FIELD, RegistryQuery
from .clock import Clock
from .row import Row, read_row

#: Rows of one answer: enough to find somebody who was changed, and a trifle for a registry.
SAMPLE = 25
_FIELDS = "createDate writeDate regIds { idTypeAsStr value }"
_MEMBERS = "groupMembershipIds { individual { writeDate } }"


class Questions:
    """Asks one registry about its households or its individuals.

    ``clock`` watches the time in the answers; ``refusal`` holds the words with which a question
    was declined for the first time, or nothing.
    """

    def __init__(self, registry: SocialRegistry, *, is_group: bool):
        self.clock = Clock()
        self.refusal = ""
        self._registry = registry
        self._is_group = is_group
        fields = f"{_FIELDS} {_MEMBERS}" if is_group else _FIELDS
        self._query = RegistryQuery(f"{{ {ROOT_FIELD} {{ {fields} }} }}")

    def rows(
        self,
        *,
        limit: int = SAMPLE,
        offset: int = 0,
        order: str = "id asc",
        since: datetime | None = None,
    ) -> list[Row] | None:
        """One answer, rows it stumbles over left empty; None when it refuses the question.

        :raises ConfigurationError, TemporaryError: see :mod:`errors`
        """
        asked_at = datetime.now(UTC)
        try:
            page = Page(self._is_group, limit, offset, order, since)
            answer = fetch_page(self._registry, self._query, page)
        except RefusalError as error:
            self.refusal = self.refusal or str(error)
            return None
        self.clock.note(asked_at, answer.answered_at, datetime.now(UTC))
        return [read_row(record) for record in answer.records]

    def total(self) -> int | None:
        """The total as shown beside a single row; None when there is none.

        It stands behind the rows, because OpenG2P counts the last rows anybody has asked for.

        :raises ConfigurationError, TemporaryError: see :mod:`errors`
        """
        arguments = f"isGroup: {str(self._is_group).lower()}, limit: 1, offset: 0"
        document = parse(f"{{ {ROOT_FIELD}({arguments}) {{ createDate }} {TOTAL_FIELD} }}")
        try:
            data = self._registry.ask(document, is_group=self._is_group)
        except RefusalError as error:
            self.refusal = self.refusal or str(error)
            return None
        total = data.get(TOTAL_FIELD) if isinstance(data, dict) else None
        return total if isinstance(total, int) and not isinstance(total, bool) else None
