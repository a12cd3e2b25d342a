"""The lasting link between a registrant and an import: what was seen, and what was applied."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ..meaning.problems import Code, Problem
from ..meaning.records import Registrant
from .context import ImportContext
from .nodes import Node


@dataclass(frozen=True)
class Applied:
    """What a batch wrote.

    :param nodes: registrants that now are as the source has them
    :param positions: those without identifier → place on the page
    :param partial: those that could not be applied as they stood; they are compared again next
        time, whatever their fingerprint
    """

    nodes: set[Node]
    positions: dict[Node, int]
    partial: set[Node]


class Links:
    """Reads and writes the link rows of one import."""

    def __init__(self, context: ImportContext):
        self._context = context
        # sudo: links are the import's own book-keeping; operators may read but not change them.
        self._model = context.env["g2p.social.registry.imported.registrants"].sudo()
        self._by_partner: dict[int, Any] = {}

    def load(self, nodes: Iterable[Node]) -> None:
        """Tell every matched node what was applied last time: one statement."""
        matched = [node for node in nodes if node.partner_id]
        self._load([("registrant_id", "in", [node.partner_id for node in matched])])
        for node in matched:
            if link := self._by_partner.get(node.partner_id):
                node.link_fingerprint = link.fingerprint

    def load_late(self, nodes: Iterable[Node]) -> None:
        """The same for nodes that were matched after :meth:`load`, if there are any."""
        late = [
            node for node in nodes if node.partner_id and node.partner_id not in self._by_partner
        ]
        if late:
            self.load(late)

    def load_applied(self, nodes: Iterable[Node]) -> None:
        """Tell the nodes that are to be written which values were applied last: one statement."""
        linked = [node for node in nodes if node.partner_id in self._by_partner]
        self._model.union(*(self._by_partner[n.partner_id] for n in linked)).fetch(["applied"])
        for node in linked:
            node.applied = self._by_partner[node.partner_id].applied or {}

    def match_without_identifier(self, positions: dict[Node, int]) -> None:
        """Recognise records that have no identifier by name and birth date, within this import.

        :param positions: node → place on the page, which tells a repeated page from a twin
        """
        keys = {node: natural_key(node.registrant) for node in positions}
        by_key = defaultdict(list)
        for link in self._load([("natural_key", "in", list(keys.values()))]) if keys else ():
            by_key[link.natural_key].append(link)
        for node, position in positions.items():
            self._recognise(node, by_key[keys[node]], position)

    def write(self, applied: Applied, seen: Iterable[Node]) -> None:
        """Remember what was applied, and that the others were seen.

        :param seen: further matched nodes that the source sent unchanged
        """
        nodes = {node.partner_id: node for node in (*seen, *applied.nodes) if node.partner_id}
        known = [link for partner, link in self._by_partner.items() if partner in nodes]
        self._model.union(*known).write(self._seen_values())
        for link in known:
            if (node := nodes[link.registrant_id.id]) in applied.nodes:
                self._write_changes(link, self._applied_values(node, applied))
        new = [node for node in applied.nodes if node.partner_id not in self._by_partner]
        self._model.create([self._creation_values(node, applied) for node in new])

    def _load(self, domain: list) -> Any:
        own = ("fetch_social_registry_id", "=", self._context.importer.id)
        links = self._model.search([own, *domain])
        self._by_partner.update((link.registrant_id.id, link) for link in links)
        return links

    def _recognise(self, node: Node, links: list, position: int) -> None:
        page = self._context.page
        here = (page, position)
        taken = [
            link
            for link in links
            if link.last_run_id == page.run_id and (link.last_page_id, link.last_position) != here
        ]
        if len(links) == 1 and not taken:
            node.partner_id = links[0].registrant_id.id
            node.link_fingerprint = links[0].fingerprint
        elif links:
            reason = "Several records without identifier have this name and birth date; give IDs."
            node.conflict = Problem(Code.TWICE_WITHOUT_IDENTIFIER, "regIds", reason)

    def _creation_values(self, node: Node, applied: Applied) -> dict[str, Any]:
        return {
            "fetch_social_registry_id": self._context.importer.id,
            "registrant_id": node.partner_id,
            "is_group": node.registrant.is_group,
            "is_created": node.is_new,
            **self._seen_values(),
            **self._applied_values(node, applied),
        }

    def _seen_values(self) -> dict[str, Any]:
        page = self._context.page
        return {
            "last_run_id": page.run_id.id,
            "last_page_id": page.id,
            "last_seen": self._context.now,
            "not_seen_since": False,
        }

    def _applied_values(self, node: Node, applied: Applied) -> dict[str, Any]:
        partial = node in applied.partial
        values: dict[str, Any] = {"fingerprint": "" if partial else node.registrant.fingerprint}
        if node.applied:
            values["applied"] = node.applied
        if node.is_changed and not node.is_new:
            values["is_updated"] = True
        if node in applied.positions:
            values["natural_key"] = natural_key(node.registrant)
            values["last_position"] = applied.positions[node]
        return values

    def _write_changes(self, link, values: dict[str, Any]) -> None:
        changes = {name: value for name, value in values.items() if (link[name] or "") != value}
        if changes:
            link.write(changes)


def natural_key(registrant: Registrant) -> str:
    """A hash of what tells registrants without identifier apart; the names are not stored twice."""
    text = "\n".join((str(registrant.is_group), *registrant.natural_key))
    return hashlib.sha256(text.encode()).hexdigest()[:40]
