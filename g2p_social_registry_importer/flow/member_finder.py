"""Finding the members of a household who have no identifier."""

from collections import defaultdict
from collections.abc import Iterable

from ..meaning.policy import is_who_was_applied
from ..meaning.problems import Code, Problem
from ..meaning.records import natural_key_of
from .context import ImportContext
from .households import Household, Place
from .links import LastApplied, Links
from .nodes import Node


class MemberFinder:
    """Loads the memberships of known households and matches members inside them."""

    def __init__(self, context: ImportContext, links: Links):
        self._context = context
        self._links = links
        self._meant: dict[int, Node] = {}
        self._applied: dict[int, LastApplied] = {}
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

        That is whom the import wrote with their name and birth date, whatever was corrected here
        since; else who has these here. One statement, if there are such members.

        Nobody is given to two records, unless these say the same: then they are one node, as a
        person is listed once for each of his households.
        """
        nodes = [place.node for household in households for place in household.places]
        self._meant = {node.partner_id: node for node in nodes if node.partner_id}
        if any(node.registrant.keys for node in nodes if not node.partner_id):
            people = {row.individual.id for household in households for row in household.rows}
            self._gone_types = self._context.env["g2p.reg.id"]._gone_types(people)
        asked = [h for h in households if h.rows and (h.unmatched or h.left_alone)]
        if asked:
            people = {row.individual.id for household in asked for row in household.rows}
            self._applied = self._links.last_applied(people)
        for household in asked:
            self._match_inside(household)
            self._note_ignored(household)

    def _match_inside(self, household: Household) -> None:
        known = {place.node.partner_id for place in household.places if place.node.partner_id}
        free = [row.individual for row in household.rows if row.individual.id not in known]
        candidates = self._by_natural_key(free)
        later = []
        for key, places in _grouped(household.unmatched).items():
            written = [person for person in free if self._was_written_as(person, places)]
            if len(written) == len(places) == len(self._fitting(written, places)):
                self._pair(places, written)
            else:
                later.append((places, dict.fromkeys([*written, *candidates[key]])))
        for places, people in later:
            self._pair(places, self._fitting(people, places))

    def _note_ignored(self, household: Household) -> None:
        """Whom a record may mean by its name, not only by an ID, is left alone with it."""
        people = [row.individual for row in household.rows]
        by_key = self._by_natural_key(people)
        for place in household.left_alone:
            alike = by_key[place.node.registrant.natural_key]
            alike += [person for person in people if self._was_written_as(person, [place])]
            place.node.ignored |= {person.id for person in alike}

    def _was_written_as(self, person, places: list[Place]) -> bool:
        """Whether the import gave the person the name and birth date of these members."""
        link = self._applied.get(person.id)
        said = (place.node.registrant.values for place in places)
        return bool(link) and all(is_who_was_applied(values, link.digests) for values in said)

    def _fitting(self, people: Iterable, places: list[Place]) -> list:
        return [one for one in people if all(self._may_be(one, p.node) for p in places)]

    def _pair(self, places: list[Place], people: list) -> None:
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
            found[natural_key_of(person.name, person.birthdate)].append(person)
        return found


def _grouped(places: list[Place]) -> dict[tuple[str, str], list[Place]]:
    found = defaultdict(list)
    for place in places:
        found[place.node.registrant.natural_key].append(place)
    return found
