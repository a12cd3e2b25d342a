"""What a run changed, kept so that it can be undone."""

from collections.abc import Iterable
from typing import Any

from ..meaning.changes import Changes
from .context import ImportContext
from .nodes import Node
from .rows import plain_values, row_named

#: Model → fields by which a later change of an added row is noticed.
_ADDED = {
    "g2p.reg.id": ("value", "expiry_date", "status"),
    "g2p.phone.number": ("phone_no", "disabled"),
    "g2p.group.membership": ("kind", "ended_date"),
}
#: Book-keeping, which nobody changes by hand.
_LINK = "g2p.social.registry.imported.registrants"


class BeforeImages:
    """Writes the before-images of one run: one statement for a batch.

    Of a registrant that the run created, the fact is enough: what it consists of is on the link.
    """

    def __init__(self, context: ImportContext):
        self._context = context
        # sudo: images are written by the import alone, and nobody reads their content. It also
        # gives the memberships of disabled people.
        self._env = context.env(su=True)
        self._model = self._env["g2p.social.registry.import.before.image"]

    def write(self, nodes: Iterable[Node]) -> None:
        """Keep what the batch changed of these registrants, where it changed anything."""
        if self._context.keeps_images:
            touched = [node for node in nodes if node.is_touched]
            self._model.create([self._values(node) for node in touched])

    def of(self, partner_ids: Iterable[int]) -> set[int]:
        """Those of these registrants of whom the run keeps an image already."""
        domain = [("run_id", "=", self._context.run.id), ("registrant_id", "in", [*partner_ids])]
        return set(self._model.search_fetch(domain, ["registrant_id"]).registrant_id.ids)

    def write_enrolled(self, partner_ids: Iterable[int]) -> None:
        """Keep that registrants were enrolled of whom nothing else changed."""
        if self._context.keeps_images:
            is_group = self._context.run.is_group
            self._model.create([self._common(p, is_group=is_group) for p in partner_ids])

    def _values(self, node: Node) -> dict[str, Any]:
        values = self._common(node.partner_id, is_group=node.registrant.is_group)
        if node.is_added:
            return {**values, "is_created": True}
        self._seal(node.changes)
        return {**values, "before": node.changes.before, "after": node.changes.after}

    def _common(self, partner_id: int, *, is_group: bool) -> dict[str, Any]:
        run_id = self._context.run.id
        return {"run_id": run_id, "registrant_id": partner_id, "is_group": is_group}

    def _seal(self, changes: Changes) -> None:
        for name, old in changes.before.items():
            row = row_named(self._env, name)
            if row._name != _LINK:
                fields = _ADDED[row._name] if old is None else old
                changes.seal(name, plain_values(row, fields))
