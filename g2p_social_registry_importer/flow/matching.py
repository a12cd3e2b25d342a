"""Who among the registrants here is meant by a record of the source."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ..meaning.problems import Code, Problem
from .context import ImportContext
from .decisions import Decisions, subject
from .doubts import Doubts
from .nodes import Node, sent_twice
from .tuples import one_of, read_tuples

Key = tuple[str, str]


class Holder(NamedTuple):
    """Who holds an ID here."""

    id: int
    is_registrant: bool | None
    is_group: bool | None
    company_id: int | None


class Matcher:
    """Matches by (ID type, value), the only stable key a source offers."""

    def __init__(self, context: ImportContext):
        self._context = context
        self._held_by: dict[Key, set[int]] = {}
        self._invalid: set[tuple[Key, int]] = set()

    def match(self, nodes: Sequence[Node]) -> None:
        """Set ``partner_id`` or ``conflict`` on every node; neither means nobody is known.

        Two statements: the IDs, and their holders; further ones where an addon deletes IDs for
        good, if there are IDs that nobody holds; and for those who hold invalid IDs alone.
        """
        keys = {key for node in nodes for key in node.registrant.keys}
        holders = self.holders(keys)
        self._note_gone(nodes, keys - holders.keys(), holders)
        partners = self.partners({pid for pids in holders.values() for pid in pids})
        self._held_by = holders
        for node in nodes:
            if node.conflict is None:
                found = {pid for key in node.registrant.keys for pid in holders.get(key, ())}
                self._decide(node, [partners[pid] for pid in sorted(found)])
        if self._invalid:
            Doubts(self._context).settle(filter(self._is_doubtful, nodes))
        _refuse_shared(nodes)

    def _is_doubtful(self, node: Node) -> bool:
        """Whether each of its IDs by which a registrant was found is invalid here."""
        return bool(node.partner_id) and all(
            (key, node.partner_id) in self._invalid
            for key in node.registrant.keys
            if node.partner_id in self._held_by.get(key, ())
        )

    def decide(self, nodes: Sequence[Node]) -> None:
        """Solve the conflicts that people have decided about. One statement, if there are any."""
        Decisions(self._context).apply(nodes, self._held_by)
        _refuse_decided(nodes, self._context.met)

    def holders(self, keys: set[Key]) -> dict[Key, set[int]]:
        """Who holds these IDs here, whether registrant or not: one statement, or none."""
        names = self._names_of_types(keys)
        found = defaultdict(set)
        values = {value for _name, value in keys}
        for partner, id_type, value, status in self._id_rows(names, values):
            for key in ((name, value) for name in names[id_type]):
                if key in keys:
                    found[key].add(partner)
                    if status == "invalid":
                        self._invalid.add((key, partner))
        return found

    def _names_of_types(self, keys: set[Key]) -> dict[int, list[str]]:
        """The ID types that are known here, by the names they have in the keys."""
        names = defaultdict(list)
        for name in {name for name, _value in keys}:
            if (id_type := self._context.catalogue.id_type(name)) is not None:
                names[id_type].append(name)
        return names

    def _note_gone(self, nodes: Sequence[Node], keys: set[Key], holders: dict) -> None:
        """Whoever held an ID that was deleted for good is still meant by it.

        :param keys: of the IDs that nobody holds
        """
        id_type = self._context.catalogue.id_type
        typed = [key for key in keys if id_type(key[0]) is not None]
        rows = [{"id_type": id_type(name), "value": value} for name, value in typed]
        found = self._context.env["g2p.reg.id"]._holders_of_gone(rows)
        gone = {typed[index]: partner for index, partner in found.items()}
        for key, partner in gone.items():
            if partner:
                holders[key].add(partner)
        for node in nodes if gone else ():
            node.gone = frozenset(gone.keys() & set(node.registrant.keys))

    def _id_rows(self, types: Iterable[int], values: set[str]):
        if not types:
            return []
        # sudo: an ID held in another company must be found, or the person would be doubled.
        ids = self._context.env["g2p.reg.id"].sudo()
        domain = [("id_type", "in", list(types)), ("value", "in", one_of(values))]
        return read_tuples(ids, domain, "partner_id", "id_type", "value", "status")

    def partners(self, ids: set[int]) -> dict[int, Holder]:
        """What the holders of IDs are: one statement, or none."""
        if not ids:
            return {}
        # sudo: see above; the company is compared before anything is written. An archived
        # registrant is a registrant all the same.
        partners = self._context.env["res.partner"].sudo().with_context(active_test=False)
        rows = read_tuples(partners, [("id", "in", list(ids))], *Holder._fields)
        return {row[0]: Holder(*row) for row in rows}

    def _decide(self, node: Node, partners: list[Holder]) -> None:
        if len(partners) > 1:
            reason = "Its identifiers belong to several registrants here; merge or correct them."
            is_group = node.registrant.is_group
            candidates = tuple(p.id for p in partners if self.fits(p, is_group=is_group))
            node.conflict = Problem(
                Code.SEVERAL_REGISTRANTS, "regIds", reason, candidates=candidates
            )
        elif partners:
            node.conflict = self._misfit(partners[0], node.registrant.is_group)
            node.partner_id = None if node.conflict else partners[0].id

    def fits(self, partner: Holder, *, is_group: bool) -> bool:
        """Whether a record of this kind may mean this holder."""
        return self._misfit(partner, is_group) is None

    def _misfit(self, partner: Holder, is_group: bool) -> Problem | None:
        if not partner.is_registrant or bool(partner.is_group) != is_group:
            held = "a household" if partner.is_group else "a person"
            reason = f"Its identifier belongs to {held} here; correct the one or the other."
            return Problem(Code.OTHER_KIND, "regIds", reason)
        if partner.company_id not in (self._context.company.id, None):
            reason = "Its identifier belongs to a registrant of another company."
            return Problem(Code.OTHER_COMPANY, "regIds", reason)
        return None


def _refuse_shared(nodes: list[Node]) -> None:
    """Two records that mean one registrant, as when an ID was passed on: nobody can tell which."""
    claims = defaultdict(list)
    for node in nodes:
        if node.partner_id:
            claims[node.partner_id].append(node)
    for partner_id, claimants in claims.items():
        for node in claimants if len(claimants) > 1 else ():
            reason = "Another record of this page is the same registrant here by its identifiers."
            node.conflict = Problem(
                Code.SEVERAL_RECORDS, "regIds", reason, candidates=(partner_id,)
            )
            node.partner_id = None


def _refuse_decided(nodes: Iterable[Node], met: Iterable[int]) -> None:
    """Nobody can decide that two records are written to one registrant."""
    meant = set(met)
    for node in sorted(nodes, key=lambda node: node.is_decided):
        if node.partner_id in meant and node.is_decided:
            node.conflict = sent_twice((node.partner_id,), subject(node.registrant))
            node.partner_id = None
        elif node.partner_id:
            meant.add(node.partner_id)
