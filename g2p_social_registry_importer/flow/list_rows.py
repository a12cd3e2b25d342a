"""What a registrant has several of, brought in line with what the source says."""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from typing import Any

from .context import ImportContext
from .nodes import Node
from .rows import note_added, remember


class ListRows:
    """Rows of one model that belong to registrants: one read, one create, writes where needed.

    Who inherits says what the source sent, by what a row is known, and how the two compare.
    """

    #: The model of the rows.
    model = ""

    def __init__(self, context: ImportContext):
        self._context = context
        self._model = context.env[self.model]

    def write(self, nodes: Iterable[Node]) -> None:
        """Bring the rows of all nodes in line; those of which the source says nothing are left."""
        asked = [node for node in nodes if self._sent(node) is not None]
        existing = self._existing(asked)
        new: list[tuple[Node, dict[str, Any]]] = []
        for node in asked:
            new += [(node, values) for values in self._compare(node, existing[node.partner_id])]
        rows = self._model.create([values for _node, values in new])
        for (node, _values), row in zip(new, rows, strict=True):
            note_added(node, row)
            remember(node, row)

    def _existing(self, nodes: list[Node]) -> dict[int, dict[Hashable, Any]]:
        """Partner id → what a row is known by → row."""
        found = defaultdict(dict)
        ids = [node.partner_id for node in nodes if not node.is_new]
        for row in self._model.search([("partner_id", "in", ids)]) if ids else ():
            found[row.partner_id.id][self._known_by(row)] = row
        return found

    def _sent(self, node: Node) -> tuple | None:
        """What the source says; None if it was not asked."""
        raise NotImplementedError

    def _known_by(self, row) -> Hashable:
        """What tells a row from the others of its registrant."""
        raise NotImplementedError

    def _compare(self, node: Node, existing: dict[Hashable, Any]) -> list[dict[str, Any]]:
        """Correct what is there; the values of what is missing."""
        raise NotImplementedError
