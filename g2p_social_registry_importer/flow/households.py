"""A household of the batch with its members, and finding members who have no identifier."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from ..meaning.problems import Code, Problem
from ..meaning.records import Member
from .context import ImportContext
from .nodes import Node

#: Problems after which nobody can tell who left: then nobody's membership is ended.
_UNSURE = {Code.MEMBER_WITHOUT_INDIVIDUAL, Code.MEMBER_UNUSABLE}


@dataclass(eq=False)
class Place:
    """One member of a household as the source has it."""

    member: Member
    node: Node


@dataclass(eq=False)
class Household:
    """A household node, its places, and the membership rows it has here (ended ones too).

    :param moved: ids of people who joined, came back or changed their role
    :param ended: how many memberships were ended
    """

    node: Node
    places: list[Place]
    rows: list[Any] = field(default_factory=list)
    moved: set[int] = field(default_factory=set)
    ended: int = 0

    @property
    def lists_members(self) -> bool:
        return self.node.registrant.members is not None

    @property
    def has_changed(self) -> bool:
        """Whether anything was written for the household or the people in it."""
        people = [place.node for place in self.places]
        written = any(n.is_new or n.is_changed for n in [self.node, *people])
        return bool(written or self.moved or self.ended)

    @property
    def knows_everybody(self) -> bool:
        """Whether each place could be read and matched, so that who is missing has left."""
        unread = any(p.code in _UNSURE for p in self.node.registrant.problems)
        return not unread and not any(place.node.conflict for place in self.places)


class MemberFinder:
    """Loads the memberships of known households and matches members inside them."""

    def __init__(self, context: ImportContext):
        self._context = context
        self._meant: dict[int, Node] = {}
        self._gone_types: dict[int, set[int]] = {}

    def load(self, households: list[Household]) -> None:
        """Fill ``rows``: one statement for all households."""
        by_group = {h.node.partner_id: h for h in households if h.node.partner_id}
        if not by_group:
            return
        # sudo: memberships of disabled people are hidden from operators by a record rule; not to
        # see them here would add those people a second time.
        rows = (
            self._context.env["g2p.group.membership"]
            .sudo()
            .search([("group", "in", list(by_group))], order="id")
        )
        for row in rows:
            by_group[row.group.id].rows.append(row)

    def match(self, households: list[Household]) -> None:
        """Give members whom no identifier matched the person of their household who fits.

        Nobody is given to two records, unless these say the same: then they are one node, as a
        person is listed once for each of his households.
        """
        nodes = [place.node for household in households for place in household.places]
        self._meant = {node.partner_id: node for node in nodes if node.partner_id}
        if any(node.registrant.keys for node in nodes if not node.partner_id):
            people = {row.individual.id for household in households for row in household.rows}
            self._gone_types = self._context.env["g2p.reg.id"]._gone_types(people)
        for household in households:
            if household.rows:
                self._match_inside(household)

    def _match_inside(self, household: Household) -> None:
        known = {place.node.partner_id for place in household.places if place.node.partner_id}
        open_places = [p for p in household.places if not (p.node.partner_id or p.node.conflict)]
        free = [row.individual for row in household.rows if row.individual.id not in known]
        candidates = self._by_natural_key(free)
        for key, places in _grouped(open_places).items():
            fitting = [c for c in candidates[key] if all(self._may_be(c, p.node) for p in places)]
            self._pair(household, places, fitting)

    def _pair(self, household: Household, places: list[Place], people: list) -> None:
        """As many places as people: they cannot be told apart, so any pairing is right."""
        if len(places) == len(people):
            for place, person in zip(places, people, strict=True):
                place.node.partner_id = person.id
                place.node = self._meant.setdefault(person.id, place.node)
        elif people:
            reason = "Several members of this household fit; give them an ID or a birth date."
            for place in places:
                place.node.conflict = Problem(Code.MEMBER_AMBIGUOUS, "groupMembershipIds", reason)

    def _may_be(self, person, node: Node) -> bool:
        """Not if another record means this person, or if he holds another value of an ID type.

        Also if he held one that was deleted for good: by that he would have been recognised.
        """
        meant = self._meant.get(person.id, node)
        held = {row.id_type.name.strip().casefold(): row.value for row in person.reg_ids}
        gone = self._gone_types.get(person.id, ())
        return meant.registrant.fingerprint == node.registrant.fingerprint and all(
            held.get(name, value) == value and self._context.catalogue.id_type(name) not in gone
            for name, value in node.registrant.keys
        )

    def _by_natural_key(self, people: list) -> dict[tuple[str, str], list]:
        found = defaultdict(list)
        for person in people:
            name = " ".join((person.name or "").split()).casefold()
            found[name, str(person.birthdate or "")].append(person)
        return found


def _grouped(places: list[Place]) -> dict[tuple[str, str], list[Place]]:
    found = defaultdict(list)
    for place in places:
        found[place.node.registrant.natural_key].append(place)
    return found
