"""Recognising records of the source by name and birth date, where the import allows it."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from ..meaning.problems import Code, Problem
from .context import ImportContext
from .links import Link, Links
from .nodes import Node
from .tuples import read_tuples


class Held(NamedTuple):
    """An ID that somebody holds here."""

    partner_id: int
    id_type: int
    value: str | None
    data_source_id: int | None
    gone_at_source: object


class NameMatcher:
    """Matches records that have no identifier, had none last time, or have lost theirs.

    Only among registrants of the same import: names are no proof across sources. Whoever has an
    identifier that fits nobody, and had another one last time, is somebody else.
    """

    def __init__(self, context: ImportContext, links: Links):
        self._context = context
        self._links = links
        self._meant: set[int] = set()

    def match(self, nodes: Iterable[Node]) -> None:
        """Set ``partner_id`` where exactly one fits, ``conflict`` where several do.

        Two statements at most, and none if identifiers told who everybody is.

        :param nodes: of the records themselves, without members of households
        """
        nodes = list(nodes)
        unmatched = [node for node in nodes if not (node.partner_id or node.conflict)]
        if not self._context.importer.import_registrant_without_id:
            for node in unmatched:
                if not self._has_usable_key(node):
                    node.conflict = _nothing_to_match(node)
            return
        for node in nodes:
            node.is_named = True
        self._meant = self._context.met | {node.partner_id for node in nodes if node.partner_id}
        self._match_by_name(unmatched)

    def _match_by_name(self, nodes: list[Node]) -> None:
        links = self._links.of_natural_keys({node.natural_key for node in nodes})
        held = self._held({link.registrant_id for found in links.values() for link in found})
        by_key = defaultdict(list)
        for node in nodes:
            by_key[node.natural_key].append(node)
        for key, alike in by_key.items():
            bare = [link for link in links[key] if not self._is_sent(held[link.registrant_id])]
            others = [link for link in links[key] if link not in bare]
            self._match_without([n for n in alike if not self._has_usable_key(n)], bare, others)
            self._match_gained([n for n in alike if self._has_usable_key(n)], bare, held)

    def _match_without(self, nodes: list[Node], bare: list[Link], others: list[Link]) -> None:
        """Records without identifier: who had none last time, else who has lost it."""
        for node in nodes[1:]:
            node.conflict = _twins()
        for node in nodes[:1]:
            fitting = self._not_meant(bare) or self._free(others, node)
            if len(fitting) == 1 and not self._links.was_met_elsewhere(fitting[0], node.position):
                self._give(node, fitting[0])
            elif fitting:
                node.conflict = _twins()

    def _match_gained(self, nodes: list[Node], bare: list[Link], held: dict) -> None:
        """Records whose identifier is new: who had none last time, and holds no other here."""
        for node in nodes:
            fitting = [
                link
                for link in self._free(bare, node)
                if self._may_be(node, held[link.registrant_id])
            ]
            if len(fitting) == len(nodes) == 1:
                self._give(node, fitting[0])
            elif fitting:
                node.conflict = _ambiguous(fitting)

    def _give(self, node: Node, link: Link) -> None:
        node.partner_id = link.registrant_id
        self._meant.add(link.registrant_id)

    def _not_meant(self, links: list[Link]) -> list[Link]:
        return [link for link in links if link.registrant_id not in self._meant]

    def _free(self, links: list[Link], node: Node) -> list[Link]:
        """Those whom no other record of this run has brought."""
        free = self._not_meant(links)
        return [link for link in free if not self._links.was_met_elsewhere(link, node.position)]

    def _held(self, partner_ids: set[int]) -> dict[int, list[Held]]:
        """Registrant → its IDs."""
        found = defaultdict(list)
        if partner_ids:
            # sudo: who holds which ID is compared, whoever may see it.
            ids = self._context.env["g2p.reg.id"].sudo()
            for row in read_tuples(ids, [("partner_id", "in", list(partner_ids))], *Held._fields):
                found[row[0]].append(Held(*row))
            for partner, types in ids._gone_types(partner_ids).items():
                found[partner] += [self._gone(partner, id_type) for id_type in types]
        return found

    def _gone(self, partner_id: int, id_type: int) -> Held:
        """An ID that was deleted for good: sent by this source, and another one than any other."""
        return Held(partner_id, id_type, None, self._context.source.id, None)

    def _is_sent(self, held: list[Held]) -> bool:
        """Whether the source sent an ID last time."""
        source = self._context.source.id
        return any(row.data_source_id == source and not row.gone_at_source for row in held)

    def _may_be(self, node: Node, held: list[Held]) -> bool:
        """Not if he holds another value of an ID type."""
        values = {row.id_type: row.value for row in held}
        keys = ((self._context.catalogue.id_type(name), v) for name, v in node.registrant.keys)
        return all(values.get(id_type, value) == value for id_type, value in keys)

    def _has_usable_key(self, node: Node) -> bool:
        usable = set(node.registrant.keys) - node.gone
        return any(self._context.catalogue.id_type(name) for name, _value in usable)


def _twins() -> Problem:
    reason = "Several records without identifier have this name and birth date; give IDs."
    return Problem(Code.TWICE_WITHOUT_IDENTIFIER, "regIds", reason)


def _ambiguous(links: list[Link]) -> Problem:
    reason = (
        "Its identifier is new, and its name and birth date are those of a registrant that came "
        "without one; but they fit more than once. Say who it is."
    )
    candidates = tuple(sorted(link.registrant_id for link in links))
    return Problem(Code.SEVERAL_REGISTRANTS, "regIds", reason, candidates=candidates)


def _nothing_to_match(node: Node) -> Problem:
    if node.gone:
        reason = "Its identifier was deleted here for good, and nobody knows whose it was."
        return Problem(Code.NO_IDENTIFIER, "regIds", reason)
    types = sorted({i.id_type for i in node.registrant.identifiers or ()})
    if types:
        names = " or ".join(f"“{name}”" for name in types)
        reason = (
            f"There is no ID type {names} here. Create it, or let "
            "this import create missing ID types; then fetch again."
        )
        return Problem(Code.UNKNOWN_IDENTIFIER_TYPE, "regIds", reason)
    reason = (
        "It has no identifier, so it could not be recognised next time. Have the source give it "
        "one; or let this import bring in registrants without ID, then fetch again."
    )
    return Problem(Code.NO_IDENTIFIER, "regIds", reason)
