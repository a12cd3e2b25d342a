"""The lasting link between a registrant and an import: what was seen, and what was applied."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from odoo.fields import Domain

from .context import ImportContext
from .nodes import Node, sent_twice
from .rows import key, note_added
from .seen import Seen, note_seen
from .tuples import one_of, read_tuples


class Link(NamedTuple):
    """A row as it is stored."""

    id: int
    fetch_social_registry_id: int
    registrant_id: int
    fingerprint: str | None
    source_digest: str | None
    is_updated: bool | None
    is_undone: bool | None
    natural_key: str | None
    last_run_id: int | None
    last_position: int | None


class LastApplied(NamedTuple):
    """What a link says was applied last.

    :param digests: see :mod:`meaning.policy`
    """

    fingerprint: str | None
    digests: dict[str, str]


@dataclass(frozen=True)
class Applied:
    """What a batch wrote.

    :param nodes: registrants that now are as the source has them
    :param partial: those that could not be applied as they stood; they are compared again next
        time, whatever their fingerprint
    """

    nodes: set[Node]
    partial: set[Node]


class Links:
    """Reads and writes the link rows of one import."""

    def __init__(self, context: ImportContext):
        self._context = context
        # sudo: links are the import's own book-keeping; operators may read but not change them.
        self._model = context.env["g2p.social.registry.imported.registrants"].sudo()
        self._by_partner: dict[int, Link] = {}
        self._looked_up: set[int] = set()
        self._undone: set[int] = set()

    def of_digests(self, digests: Iterable[str]) -> dict[str, Link]:
        """Digest of a record as sent → the link of whom it brought: one statement.

        Only of records that were applied as they stood.
        """
        domain = [self._own(), ("source_digest", "in", one_of(digests))]
        links = (Link(*row) for row in read_tuples(self._model, domain, *Link._fields))
        return {link.source_digest: link for link in links if link.fingerprint}

    def load(self, nodes: Iterable[Node]) -> None:
        """Tell every matched node what was applied last time: one statement at most."""
        matched = [node for node in nodes if node.partner_id and not node.is_new]
        unknown = {node.partner_id for node in matched} - self._looked_up
        if unknown:
            mine_or_undone = Domain("is_undone", "=", True) | Domain(*self._own())
            self._load(Domain("registrant_id", "in", list(unknown)) & mine_or_undone)
            self._looked_up |= unknown
        for node in matched:
            node.is_undone = node.partner_id in self._undone
            if link := self._by_partner.get(node.partner_id):
                node.link_fingerprint = link.fingerprint

    def load_applied(self, nodes: Iterable[Node]) -> None:
        """Tell the nodes that are to be written which values were applied last: one statement."""
        linked = [node for node in nodes if node.partner_id in self._by_partner]
        rows = self._model.browse([self._by_partner[node.partner_id].id for node in linked])
        rows.fetch(["applied"])
        for node, row in zip(linked, rows, strict=True):
            node.applied = row.applied or {}

    def last_applied(self, partners: Iterable[int]) -> dict[int, LastApplied]:
        """What was applied last of registrants, as far as they have a link: one statement."""
        domain = [self._own(), ("registrant_id", "in", list(partners))]
        rows = read_tuples(self._model, domain, "registrant_id", "fingerprint", "applied")
        return {row[0]: LastApplied(row[1], row[2] or {}) for row in rows}

    def of_natural_keys(self, keys: set[str]) -> dict[str, list[Link]]:
        """The links of registrants that are recognised by these keys: one statement at most."""
        found = defaultdict(list)
        own = [self._own(), ("natural_key", "in", list(keys))]
        for link in self._load(own) if keys else ():
            found[link.natural_key].append(link)
        return found

    def was_met_elsewhere(self, link: Link, position: int) -> bool:
        """Whether another record of this run has brought the registrant.

        The same record is not another one, when its page is imported again.

        :param position: place on the page of the record that is asked for
        """
        return (
            link.last_run_id == self._context.run_id
            and link.last_position is not None
            and link.last_position != self._context.rows_before + position
        )

    def refuse_repeated(self, nodes: Iterable[Node]) -> None:
        """Two records of one run that say different things of a registrant would overwrite each
        other at every run: the one that came first stays."""
        for node in nodes:
            link = self._by_partner.get(node.partner_id)
            if not link or not self.was_met_elsewhere(link, node.position):
                continue
            if link.fingerprint and link.fingerprint != node.registrant.fingerprint:
                node.conflict = sent_twice((node.partner_id,))
                node.partner_id = None

    def write(self, applied: Applied, unchanged: Iterable[Node], ignored: set[int]) -> None:
        """Remember what was applied, and who was seen.

        :param unchanged: further registrants, whom the source sent as they were
        :param ignored: ids of those whom it may mean by records that are ignored by decision
        """
        unchanged = list(unchanged)
        met = {node.partner_id: node for node in (*unchanged, *applied.nodes)}
        linked = [met[partner] for partner in met.keys() & self._by_partner.keys()]
        note_seen(self._context, [self._seen(node) for node in linked], ignored)
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

    def _load(self, domain) -> list[Link]:
        links = [Link(*row) for row in read_tuples(self._model, domain, *Link._fields)]
        own = self._context.importer.id
        mine = [link for link in links if link.fetch_social_registry_id == own]
        self._by_partner.update((link.registrant_id, link) for link in mine)
        self._undone.update(link.registrant_id for link in links if link.is_undone)
        return mine

    def _own(self) -> tuple[str, str, int]:
        return ("fetch_social_registry_id", "=", self._context.importer.id)

    def _note_other_words(self, unchanged: list[Node]) -> None:
        """Records that were written in another way, and say the same."""
        for node in unchanged:
            link = self._by_partner.get(node.partner_id)
            if link and node.source_digest not in ("", link.source_digest):
                self._model.browse(link.id).source_digest = node.source_digest

    def _seen(self, node: Node) -> Seen:
        return Seen(node.partner_id, self._place_in_run(node), self._name_to_keep(node))

    def _name_to_keep(self, node: Node) -> str | None:
        """The natural key of a registrant, unless it is stored already, or not for keeping."""
        stored = self._by_partner[node.partner_id].natural_key
        if not node.is_named or (stored and node.is_unchanged_at_source):
            return None
        return node.natural_key

    def _creation_values(self, node: Node, applied: Applied) -> dict[str, Any]:
        return {
            "fetch_social_registry_id": self._context.importer.id,
            "registrant_id": node.partner_id,
            "is_group": node.registrant.is_group,
            "is_created": node.is_new,
            "last_position": self._place_in_run(node),
            "natural_key": node.is_named and node.natural_key,
            **self._seen_values(),
            **self._applied_values(node, applied),
        }

    def _place_in_run(self, node: Node) -> int:
        return self._context.rows_before + node.position

    def _seen_values(self) -> dict[str, Any]:
        return {
            "last_run_id": self._context.run_id,
            "last_seen": self._context.now,
            "not_seen_since": False,
        }

    def _applied_values(self, node: Node, applied: Applied) -> dict[str, Any]:
        partial = node in applied.partial
        values: dict[str, Any] = {
            "fingerprint": "" if partial else node.registrant.fingerprint,
            "source_digest": "" if partial else node.source_digest,
            "is_undone": False,
        }
        if node.applied:
            values["applied"] = node.applied
        if node.is_changed and not node.is_added:
            values["is_updated"] = True
        return values

    def _write_changes(self, node: Node, link: Link, values: dict[str, Any]) -> None:
        row = self._model.browse(link.id)
        stored = {**link._asdict(), **({"applied": row.applied} if "applied" in values else {})}
        if node.changes and "applied" in values:
            node.changes.note(key(row), {"applied": row.applied})
        changes = {n: v for n, v in values.items() if (stored[n] or False) != (v or False)}
        if changes:
            row.write(changes)
