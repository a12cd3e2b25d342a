"""What can happen to people in a registry, one round at a time."""

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from random import Random
from typing import Any

from .people import TODAY, Maker, full_name
from .population import household_of
from .records import Registrant, newest_first, parse_moment, phone, utc_now
from .store import Record, Store

EVENTS = ("households", "added", "changed", "moved", "left", "ended")
TRIES = 20


class Round:
    """Each event yields what it did, one row per record concerned; nobody is touched twice."""

    def __init__(self, store: Store, seed: int | str, at: str | None) -> None:
        self.store = store
        self.moment = parse_moment(at) if at else utc_now()
        self._random = Random(f"changes {seed}")
        self._maker = Maker(seed, store.last_id, prefix="new-")
        self._touched: set[Registrant] = set()
        self._everybody = self._shuffled(one for one in store if one.active)
        self._homes = [one for one in self._everybody if one.is_group and one.members]
        self._rows = self._shuffled(
            (home, row)
            for home in store
            for row in home.members
            if row.person and "Head" not in row.kinds and row.ended is None
        )

    def households(self, count: int) -> Iterator[Record]:
        """Create whole households."""
        for _ in range(count):
            records = household_of(self._maker, self._random.randint(1, 7), None, [])
            yield about(self._create(records)[-1])

    def added(self, count: int) -> Iterator[Record]:
        """Create people as members of households that exist."""
        for _ in range(count if self._homes else 0):
            home = self._random.choice(self._homes)
            place = self._maker.community()
            family = self._random.choice(place.family)
            record = self._maker.person(place, "Child", family, home.wire["address"])
            (person,) = self._create([record])
            self.store.add_member(home, person, ["Child"], self.moment)
            home.touch(self.moment)
            yield about(person, household=home.key)

    def changed(self, count: int) -> Iterator[Record]:
        """Give a registrant a new address, phone or name, or an ID a new expiry date."""
        for registrant in self._take(count, self._everybody, lambda one: one):
            ways = dict(ALTERATIONS)
            if not registrant.wire["regIds"]:
                del ways["id_expiry"]
            what = self._random.choice(list(ways))
            registrant.wire.update(ways[what](self._maker, registrant))
            registrant.touch(self.moment)
            yield about(registrant, what=what)

    def moved(self, count: int) -> Iterator[Record]:
        """Take a member, never a head, from one household to another."""
        for home, row in self._take(count, self._rows, lambda pair: pair[1].person):
            target = self._other_home(row.person)
            if target:
                self.store.drop_member(home, row.person)
                self.store.add_member(target, row.person, row.kinds, self.moment)
                home.touch(self.moment)
                target.touch(self.moment)
                yield about(row.person, origin=home.key, target=target.key)

    def left(self, count: int) -> Iterator[Record]:
        """Take a member, never a head, out of a household; the person stays a registrant."""
        for home, row in self._take(count, self._rows, lambda pair: pair[1].person):
            self.store.drop_member(home, row.person)
            home.touch(self.moment)
            yield about(row.person, household=home.key)

    def ended(self, count: int) -> Iterator[Record]:
        """End a membership in the registry, which nobody can see from outside."""
        for home, row in self._take(count, self._rows, lambda pair: pair[1].person):
            row.ended = self.moment.isoformat()
            yield about(row.person, household=home.key)

    def _other_home(self, person: Registrant) -> Registrant | None:
        tried = self._random.sample(self._homes, min(TRIES, len(self._homes)))
        return next((home for home in tried if home not in person.groups), None)

    def _take(self, count: int, candidates: list, who: Callable) -> Iterator[Any]:
        while count > 0 and candidates:
            candidate = candidates.pop()
            if who(candidate) not in self._touched:
                self._touched.add(who(candidate))
                count -= 1
                yield candidate

    def _create(self, records: list[Record]) -> list[Registrant]:
        stamp = dict.fromkeys(("create_date", "write_date"), self.moment.isoformat())
        stamp["registration_date"] = self.moment.date().isoformat()
        self.store.put([record | stamp for record in records])
        made = [self.store.by_key[record["key"]] for record in records]
        self._touched.update(made)
        return made

    def _shuffled(self, items: Iterable) -> list:
        found = list(items)
        self._random.shuffle(found)
        return found


def about(registrant: Registrant, **details: str) -> Record:
    """Return a summary row: key, sort, identifiers and what the event adds."""
    ids = [[row["idTypeAsStr"], row["value"]] for row in registrant.wire["regIds"]]
    return {"key": registrant.key, "is_group": registrant.is_group, "ids": ids, **details}


def _new_address(maker: Maker, _registrant: Registrant) -> Record:
    return {"address": maker.address(maker.community())}


def _new_phone(maker: Maker, _registrant: Registrant) -> Record:
    return {"phoneNumberIds": newest_first(map(phone, maker.phones(maker.community())))}


def _new_name(maker: Maker, registrant: Registrant) -> Record:
    place = maker.community()
    family = maker.random.choice(place.family)
    if registrant.is_group:
        return {"name": place.household.format(family=family)}
    given = registrant.wire["givenName"] or maker.random.choice(place.female)
    name = full_name(family, given, registrant.wire["addlName"])
    return {"name": name, "givenName": given, "familyName": family}


def _new_id_expiry(maker: Maker, registrant: Registrant) -> Record:
    first, *rest = registrant.wire["regIds"]
    expiry = TODAY + timedelta(days=maker.random.randint(4000, 8000))
    return {"regIds": [{**first, "expiryDate": expiry.isoformat()}, *rest]}


ALTERATIONS = {
    "address": _new_address,
    "phone": _new_phone,
    "name": _new_name,
    "id_expiry": _new_id_expiry,
}
