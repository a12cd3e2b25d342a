"""A household of the batch with its members."""

from dataclasses import dataclass, field
from typing import Any

from ..meaning.problems import Code
from ..meaning.records import Member
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
        """Whether each place could be read and matched, so that who is missing has left.

        Of those ignored by decision, who they may be is known.
        """
        unread = any(p.code in _UNSURE for p in self.node.registrant.problems)
        conflicts = filter(None, (place.node.conflict for place in self.places))
        return not unread and all(conflict.code is Code.IGNORED for conflict in conflicts)

    @property
    def unmatched(self) -> list[Place]:
        """Those of whom nobody knows yet who they are, and who may be somebody."""
        return [p for p in self.places if not (p.node.partner_id or p.node.conflict)]

    @property
    def left_alone(self) -> list[Place]:
        """Those ignored by decision."""
        conflicts = ((place, place.node.conflict) for place in self.places)
        return [place for place, why in conflicts if why and why.code is Code.IGNORED]

    @property
    def ignored(self) -> set[int]:
        """Ids of those whom the places may mean that are ignored by decision."""
        return set().union(*(place.node.ignored for place in self.left_alone))
