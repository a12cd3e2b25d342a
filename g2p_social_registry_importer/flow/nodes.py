"""The people and households of a batch, each once, however many records name them."""

import hashlib
from dataclasses import dataclass, field
from functools import cached_property

from ..meaning.changes import Changes
from ..meaning.known import KnownRegistrant
from ..meaning.problems import Code, Problem
from ..meaning.records import Registrant
from .catalogue import Catalogue


@dataclass(eq=False)
class Node:
    """One registrant of the batch.

    :param position: place on the page, from 0, of the record that names it first
    :param partner_id: who it is here; None until matched or created
    :param fingerprint: what the link says was applied last, if there is a link
    :param source_digest: hash of its record as it was sent; empty for members of a household
    :param conflict: why nothing may be written for it
    :param is_named: its natural key is to be kept: by that it is recognised without identifier
    :param is_decided: a person said who this is
    :param ignored: who holds its identifiers here, if a person decided to ignore it
    :param held_elsewhere: its identifiers that are another registrant's here, by decision
    :param gone: its identifiers that were deleted here for good; they tell who it is, as before,
        but do not come back
    :param is_undone: an import created it, and that was undone
    :param is_back: it was archived because of that, and is in use again
    :param changes: what is written of it, for the before-image
    :param applied: field → digest of what was applied last, see :mod:`meaning.policy`
    :param notes: what had to be left out while writing
    """

    registrant: Registrant | KnownRegistrant
    position: int
    partner_id: int | None = None
    is_new: bool = False
    is_changed: bool = False
    is_counted: bool = False
    source_digest: str = ""
    link_fingerprint: str | None = None
    is_undone: bool = False
    is_back: bool = False
    changes: Changes = field(default_factory=Changes)
    applied: dict[str, str] = field(default_factory=dict)
    conflict: Problem | None = None
    is_named: bool = False
    is_decided: bool = False
    gone: frozenset[tuple[str, str]] = frozenset()
    ignored: frozenset[int] = frozenset()
    held_elsewhere: frozenset[tuple[str, str]] = frozenset()
    notes: list[Problem] = field(default_factory=list)

    @cached_property
    def natural_key(self) -> str:
        """A hash of what tells registrants without identifier apart; no name is stored twice."""
        text = "\n".join((str(self.registrant.is_group), *self.registrant.natural_key))
        return hashlib.sha256(text.encode()).hexdigest()[:40]

    @property
    def is_unchanged_at_source(self) -> bool:
        """Whether the source says exactly what was applied last time."""
        return bool(self.link_fingerprint) and self.link_fingerprint == self.registrant.fingerprint

    def has_unread(self, rows: str) -> bool:
        """Whether some of these rows could not be read, so that nobody knows what is gone.

        :param rows: their field in the record of the source, e.g. ``regIds``
        """
        return any(problem.field.startswith(rows) for problem in self.registrant.problems)

    @property
    def is_added(self) -> bool:
        """Whether it was not in use before: bringing back what was undone counts as creating."""
        return self.is_new or self.is_back

    @property
    def is_touched(self) -> bool:
        """Whether anything was written of it, memberships in a household included."""
        return self.is_new or bool(self.changes)

    @property
    def has_problems(self) -> bool:
        return bool(self.notes or self.registrant.problems)


class NodeSet:
    """Collects nodes; a registrant whom several records name alike is one node.

    :param catalogue: an identifier of a type that is not there says nothing about who is who
    """

    def __init__(self, catalogue: Catalogue):
        self.nodes: list[Node] = []
        self._catalogue = catalogue
        self._by_key: dict[tuple[str, str], Node] = {}

    def add(self, registrant: Registrant | KnownRegistrant, position: int) -> Node:
        """The node for this registrant: a known one if it says the same, else a new one.

        Of several that share an identifier and differ, the first one stays; see :class:`Node`.
        """
        keys = [key for key in registrant.keys if self._catalogue.id_type(key[0])]
        known = list(dict.fromkeys(self._by_key[key] for key in keys if key in self._by_key))
        if len(known) == 1 and known[0].registrant.fingerprint == registrant.fingerprint:
            return known[0]
        node = Node(registrant, position, conflict=_disagreement(known, registrant))
        self.nodes.append(node)
        if not known:
            self._by_key.update(dict.fromkeys(keys, node))
        return node


def sent_twice(candidates: tuple[int, ...] = (), subject: str = "") -> Problem:
    """The conflict of a record whose registrant has come in this run already, and otherwise."""
    reason = (
        "The registry sends this registrant more than once, each time otherwise. What came first "
        "was kept; correct the records at the source."
    )
    return Problem(Code.SENT_TWICE, "regIds", reason, subject=subject, candidates=candidates)


def _disagreement(known: list[Node], registrant: Registrant | KnownRegistrant) -> Problem | None:
    if len(known) > 1:
        reason = "Its identifiers belong to different registrants on the same page."
        return Problem(Code.SEVERAL_REGISTRANTS, "regIds", reason)
    if known and known[0].registrant.is_group != registrant.is_group:
        reason = "Its identifier is used on the same page by a household and by a person."
        return Problem(Code.OTHER_KIND, "regIds", reason)
    return sent_twice() if known else None
