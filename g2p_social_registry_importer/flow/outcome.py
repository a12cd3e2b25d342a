"""What became of each record of a page."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

from ..meaning.known import KnownRegistrant
from ..meaning.problems import Code, Problem
from ..meaning.records import Registrant
from .links import Link


class State(StrEnum):
    """One of these for every record received; their numbers add up to what was received."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"
    CONFLICT = "conflict"
    FAILED = "failed"


#: The record is in.
IMPORTED = frozenset({State.CREATED, State.UPDATED, State.UNCHANGED})
#: Nothing is wrong with the record, but it is not for us.
_SKIPS = {Code.NO_IDENTIFIER, Code.UNKNOWN_IDENTIFIER_TYPE, Code.IGNORED}
#: Problems that leave the decision to a person.
_CONFLICTS = {
    Code.SEVERAL_REGISTRANTS,
    Code.INVALID_IDENTIFIER,
    Code.SEVERAL_RECORDS,
    Code.SENT_TWICE,
    Code.OTHER_KIND,
    Code.OTHER_COMPANY,
    Code.TWICE_WITHOUT_IDENTIFIER,
}


def state_for(code: Code) -> State:
    """What a record becomes that could not be imported because of this problem."""
    if code in _SKIPS:
        return State.SKIPPED
    return State.CONFLICT if code in _CONFLICTS else State.FAILED


@dataclass(frozen=True)
class Entry:
    """A record that could be read.

    :param index: place on its page, from 0
    :param digest: hash of the record as it was sent, see :meth:`RecordReader.digest`
    :param link: the link of whom this very record brought last time, if there is one
    """

    index: int
    registrant: Registrant | KnownRegistrant
    digest: str
    link: Link | None = None


@dataclass
class Outcome:
    """What became of one record.

    :param index: place on its page, from 0
    :param members: how many members were ``created``, ``updated``, ``unchanged``, ``ended``
    :param gone_ids: how many IDs of these people were left out, as they were deleted for good
    :param label: how a person finds the record at the source, e.g. its identifier
    :param has_image: the registrant itself was written, and has a before-image of it
    """

    index: int
    state: State
    problems: list[Problem] = field(default_factory=list)
    members: Counter = field(default_factory=Counter)
    registrant_id: int | None = None
    label: str = ""
    has_image: bool = False
    gone_ids: int = 0

    @property
    def was_imported(self) -> bool:
        return self.state in IMPORTED

    def member_counts(self, *, with_unchanged: bool = True) -> dict[str, int]:
        """Values for the ``member_…_count`` fields of a page."""
        return {
            f"member_{kind}_count": number
            for kind, number in self.members.items()
            if with_unchanged or kind != "unchanged"
        }


def refused(index: int, problem: Problem, label: str = "") -> Outcome:
    """The outcome of a record of which nothing was written."""
    return Outcome(index, state_for(problem.code), [problem], label=label)
