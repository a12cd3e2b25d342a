"""The records that go in together, from matching to the link."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from ..meaning.problems import Problem
from ..meaning.records import Registrant
from .before_images import BeforeImages
from .context import ImportContext
from .decisions import Decisions
from .households import Household, Place
from .identifiers import Identifiers
from .links import Applied, Links
from .matching import Matcher
from .member_finder import MemberFinder
from .memberships import Memberships
from .names import NameMatcher
from .nodes import Node, NodeSet
from .other_households import compare_again, let_other_imports_compare
from .outcome import Entry, Outcome, State, refused
from .people import People
from .phones import Phones


class Batch:
    """Imports some records of a page at once.

    :param entries: records of which no two share an identifier at the top level
    """

    def __init__(self, context: ImportContext, entries: Sequence[Entry]):
        self._context = context
        self._entries = entries
        context.catalogue.learn(_everybody(entries))
        self._nodes = NodeSet(context.catalogue)
        self._households = [self._household(entry) for entry in entries]
        self._links = Links(context)

    def run(self) -> list[Outcome]:
        """Match, write and link; one outcome for each entry, in their order.

        :raises Exception: whatever the database or a constraint objects to; nothing is kept then
        """
        self._recognise()
        active = [h for h in self._households if self._is_to_be_applied(h.node)]
        self._apply(active)
        self._remember(active)
        return [self._outcome(e, h) for e, h in zip(self._entries, self._households, strict=True)]

    def _household(self, entry: Entry) -> Household:
        """A single person is treated as a household without places."""
        node = self._nodes.add(entry.registrant, entry.index)
        node.source_digest = entry.digest
        members = entry.registrant.members or ()
        places = [Place(member, self._nodes.add(member.person, entry.index)) for member in members]
        return Household(node, places)

    def _recognise(self) -> None:
        nodes = self._nodes.nodes
        matcher = Matcher(self._context)
        matcher.match(nodes)
        NameMatcher(self._context, self._links).match(h.node for h in self._households)
        self._load_links(nodes)
        matcher.decide(nodes)
        self._load_links(nodes)

    def _load_links(self, nodes: Iterable[Node]) -> None:
        self._links.load(nodes)
        self._links.refuse_repeated(nodes)

    def _is_to_be_applied(self, node: Node) -> bool:
        return not node.conflict and not node.is_unchanged_at_source

    def _apply(self, households: list[Household]) -> None:
        finder = MemberFinder(self._context, self._links)
        finder.load(households)
        finder.match(households)
        nodes = dict.fromkeys(h.node for h in households)
        nodes.update(dict.fromkeys(p.node for h in households for p in h.places))
        self._load_links(nodes)  # once more: members were matched by name
        to_write = [node for node in nodes if self._is_to_be_applied(node)]
        self._links.load_applied(to_write)
        for step in (People, Identifiers, Phones):
            step(self._context).write(to_write)
        Memberships(self._context).write(households)

    def _remember(self, active: list[Household]) -> None:
        applied = {node for household in active for node in _people_of(household)}
        partial = {node for node in applied if node.has_problems}
        partial |= {household.node for household in active if _is_partial(household)}
        Decisions(self._context).remember(applied)
        compare_again(self._context, applied)
        let_other_imports_compare(self._context, active)
        unchanged = [h for h in self._households if h.node.is_unchanged_at_source]
        same = [node for household in unchanged for node in _people_of(household)]
        ignored = {partner for node in self._nodes.nodes for partner in node.ignored}
        self._links.write(Applied(applied, partial), unchanged=same, ignored=ignored)
        BeforeImages(self._context).write(applied)

    def _outcome(self, entry: Entry, household: Household) -> Outcome:
        node = household.node
        if node.conflict:
            return refused(entry.index, node.conflict, node.registrant.label)
        problems = list(_problems(household))
        gone_ids = _gone_ids(household)
        return Outcome(
            entry.index,
            _state(household),
            problems=problems,
            members=_member_counts(household),
            registrant_id=node.partner_id,
            label=node.registrant.label if problems else "",
            has_image=node.is_touched,
            gone_ids=gone_ids,
        )


def _everybody(entries: Iterable[Entry]) -> Iterator[Registrant]:
    for entry in entries:
        yield entry.registrant
        yield from (member.person for member in entry.registrant.members or ())


def _people_of(household: Household) -> list[Node]:
    """The household itself and its members, without those nothing may be written for."""
    nodes = [household.node, *(place.node for place in household.places)]
    return [node for node in nodes if not node.conflict]


def _state(household: Household) -> State:
    if household.node.is_added:
        return State.CREATED
    return State.UPDATED if household.has_changed else State.UNCHANGED


def _member_counts(household: Household) -> Counter:
    """Each person once, also when two households of the batch name the same one."""
    counts = Counter(ended=household.ended) if household.ended else Counter()
    for place in household.places:
        node = place.node
        if node.conflict:
            continue
        if node.is_counted:
            counts["unchanged"] += 1
        elif node.is_added:
            counts["created"] += 1
        else:
            moved = node.partner_id in household.moved
            counts["updated" if node.is_changed or moved else "unchanged"] += 1
        node.is_counted = True
    return counts


def _gone_ids(household: Household) -> int:
    """IDs left out, of people who have not been counted yet."""
    people = {node for node in _people_of(household) if node.gone}
    return sum(len(node.gone) for node in people if not node.is_counted)


def _problems(household: Household) -> Iterator[Problem]:
    yield from household.node.registrant.problems
    yield from household.node.notes
    for place in household.places:
        where = f"groupMembershipIds[{place.member.index}].individual"
        for problem in (*place.node.notes, *filter(None, [place.node.conflict])):
            yield problem.under(where)


def _is_partial(household: Household) -> bool:
    return any(place.node.conflict or place.node.has_problems for place in household.places)
