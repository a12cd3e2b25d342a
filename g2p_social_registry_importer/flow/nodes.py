"""The people and households of a batch, each once, however many records name them."""

from dataclasses import dataclass, field

from ..meaning.changes import Changes
from ..meaning.known import KnownRegistrant
from ..meaning.problems import Code, Problem
from ..meaning.records import Registrant


@dataclass(eq=False)
class Node:
    """One registrant of the batch.

    :param partner_id: who it is here; None until matched or created
    :param fingerprint: what the link says was applied last, if there is a link
    :param source_digest: hash of its record as it was sent; empty for members of a household
    :param conflict: why nothing may be written for it
    :param is_decided: a person said who this is
    :param ignored: who holds its identifiers here, if a person decided to ignore it
    :param held_elsewhere: its identifiers that are another registrant's here, by decision
    :param is_undone: this import created it, and that was undone
    :param changes: what is written of it, for the before-image
    :param applied: field → digest of what was applied last, see :mod:`meaning.policy`
    :param notes: what had to be left out while writing
    """

    registrant: Registrant | KnownRegistrant
    partner_id: int | None = None
    is_new: bool = False
    is_changed: bool = False
    is_counted: bool = False
    source_digest: str = ""
    link_fingerprint: str | None = None
    is_undone: bool = False
    changes: Changes = field(default_factory=Changes)
    applied: dict[str, str] = field(default_factory=dict)
    conflict: Problem | None = None
    is_decided: bool = False
    ignored: frozenset[int] = frozenset()
    held_elsewhere: frozenset[tuple[str, str]] = frozenset()
    notes: list[Problem] = field(default_factory=list)

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
    def is_touched(self) -> bool:
        """Whether anything was written of it, memberships in a household included."""
        return self.is_new or bool(self.changes)

    @property
    def has_problems(self) -> bool:
        return bool(self.notes or self.registrant.problems)


class NodeSet:
    """Collects nodes and joins those that share an identifier."""

    def __init__(self):
        self.nodes: list[Node] = []
        self._by_key: dict[tuple[str, str], Node] = {}

    def add(self, registrant: Registrant | KnownRegistrant) -> Node:
        """The node for this registrant: a known one if an identifier says so, else a new one."""
        known = list(dict.fromkeys(self._by_key[k] for k in registrant.keys if k in self._by_key))
        if len(known) == 1 and known[0].registrant.is_group == registrant.is_group:
            return self._remember(known[0], registrant)
        node = Node(registrant, conflict=_disagreement(known) if known else None)
        self.nodes.append(node)
        return node if known else self._remember(node, registrant)

    def _remember(self, node: Node, registrant: Registrant | KnownRegistrant) -> Node:
        for key in registrant.keys:
            self._by_key.setdefault(key, node)
        return node


def _disagreement(known: list[Node]) -> Problem:
    if len(known) > 1:
        reason = "Its identifiers belong to different registrants on the same page."
        return Problem(Code.SEVERAL_REGISTRANTS, "regIds", reason)
    reason = "Its identifier is used on the same page by a household and by a person."
    return Problem(Code.OTHER_KIND, "regIds", reason)
