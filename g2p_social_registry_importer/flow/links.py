"""The lasting link between a registrant and an import: what was seen, and what was applied."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from odoo.tools import SQL

from ..meaning.problems import Code, Problem
from ..meaning.records import Registrant
from .context import ImportContext
from .nodes import Node
from .rows import key, note_added
from .tuples import read_tuples


class Link(NamedTuple):
    """A row as it is stored."""

    id: int
    registrant_id: int
    fingerprint: str | None
    source_digest: str | None
    is_updated: bool | None
    is_undone: bool | None
    natural_key: str | None
    last_run_id: int | None
    last_page_id: int | None
    last_position: int | None


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
        self._by_partner: dict[int, Link] = {}
        self._looked_up: set[int] = set()

    def fingerprints(self, digests: Iterable[str]) -> dict[str, str]:
        """Digest of a record as sent → what its fingerprint is, where that is known: one statement.

        Only records that were applied as they stood have both.
        """
        own = ("fetch_social_registry_id", "=", self._context.importer.id)
        domain = [own, ("source_digest", "in", list(digests))]
        found = read_tuples(self._model, domain, "source_digest", "fingerprint")
        return {digest: fingerprint for digest, fingerprint in found if fingerprint}

    def load(self, nodes: Iterable[Node]) -> None:
        """Tell every matched node what was applied last time: one statement at most."""
        matched = [node for node in nodes if node.partner_id and not node.is_new]
        unknown = {node.partner_id for node in matched} - self._looked_up
        if unknown:
            self._load([("registrant_id", "in", list(unknown))])
            self._looked_up |= unknown
        for node in matched:
            if link := self._by_partner.get(node.partner_id):
                node.link_fingerprint = link.fingerprint
                node.is_undone = link.is_undone

    def load_applied(self, nodes: Iterable[Node]) -> None:
        """Tell the nodes that are to be written which values were applied last: one statement."""
        linked = [node for node in nodes if node.partner_id in self._by_partner]
        rows = self._model.browse([self._by_partner[node.partner_id].id for node in linked])
        rows.fetch(["applied"])
        for node, row in zip(linked, rows, strict=True):
            node.applied = row.applied or {}

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

    def write(self, applied: Applied, unchanged: Iterable[Node], ignored: set[int]) -> None:
        """Remember what was applied, and who was seen.

        :param unchanged: further registrants, whom the source sent as they were
        :param ignored: ids of those whom it may mean by records that are ignored by decision
        """
        unchanged = list(unchanged)
        partners = {node.partner_id for node in (*unchanged, *applied.nodes)}
        self._note_seen(partners & self._by_partner.keys() | ignored)
        self._note_other_words(unchanged)
        new = []
        for node in applied.nodes:
            if link := self._by_partner.get(node.partner_id):
                self._write_changes(node, link, self._applied_values(node, applied))
            else:
                new.append(node)
        rows = self._model.create([self._creation_values(node, applied) for node in new])
        for node, row in zip(new, rows, strict=True):
            if node.changes:
                note_added(node, row)

    def _load(self, domain: list) -> list[Link]:
        own = ("fetch_social_registry_id", "=", self._context.importer.id)
        links = [Link(*row) for row in read_tuples(self._model, [own, *domain], *Link._fields)]
        self._by_partner.update((link.registrant_id, link) for link in links)
        return links

    def _note_seen(self, partners: set[int]) -> None:
        """One statement, and no record objects: in most runs it is all there is to be written.

        The members of a household were seen with it, also those without identifier, who are not
        looked up while their household is as it was.
        """
        if not partners:
            return
        self._context.env["g2p.group.membership"].flush_model(["group", "individual", "is_ended"])
        self._context.env.cr.execute(
            SQL(
                """UPDATE g2p_social_registry_imported_registrants
                      SET last_run_id = %(last_run_id)s, last_page_id = %(last_page_id)s,
                          last_seen = %(last_seen)s, not_seen_since = NULL
                    WHERE fetch_social_registry_id = %(importer)s
                      AND registrant_id IN (
                          SELECT unnest(%(partners)s)
                           UNION
                          SELECT individual FROM g2p_group_membership
                           WHERE "group" = ANY(%(partners)s) AND is_ended IS NOT TRUE)""",
                **self._seen_values(),
                importer=self._context.importer.id,
                partners=sorted(partners),
            )
        )
        self._model.invalidate_model(list(self._seen_values()), flush=False)

    def _note_other_words(self, unchanged: list[Node]) -> None:
        """Records that were written in another way, and say the same."""
        for node in unchanged:
            link = self._by_partner.get(node.partner_id)
            if link and node.source_digest not in ("", link.source_digest):
                self._model.browse(link.id).source_digest = node.source_digest

    def _recognise(self, node: Node, links: list[Link], position: int) -> None:
        page = self._context.page
        here = (page.id, position)
        taken = [
            link
            for link in links
            if link.last_run_id == page.run_id.id
            and (link.last_page_id, link.last_position) != here
        ]
        if len(links) == 1 and not taken:
            node.partner_id = links[0].registrant_id
            node.link_fingerprint = links[0].fingerprint
            node.is_undone = links[0].is_undone
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
        values: dict[str, Any] = {
            "fingerprint": "" if partial else node.registrant.fingerprint,
            "source_digest": "" if partial else node.source_digest,
        }
        if node.applied:
            values["applied"] = node.applied
        if node.is_changed and not node.is_new:
            values.update(is_updated=True, is_undone=False)
        if node in applied.positions:
            values["natural_key"] = natural_key(node.registrant)
            values["last_position"] = applied.positions[node]
        return values

    def _write_changes(self, node: Node, link: Link, values: dict[str, Any]) -> None:
        row = self._model.browse(link.id)
        stored = {**link._asdict(), **({"applied": row.applied} if "applied" in values else {})}
        if node.changes and "applied" in values:
            node.changes.note(key(row), {"applied": row.applied})
        changes = {n: v for n, v in values.items() if (stored[n] or False) != (v or False)}
        if changes:
            row.write(changes)


def natural_key(registrant: Registrant) -> str:
    """A hash of what tells registrants without identifier apart; the names are not stored twice."""
    text = "\n".join((str(registrant.is_group), *registrant.natural_key))
    return hashlib.sha256(text.encode()).hexdigest()[:40]
