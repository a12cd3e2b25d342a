"""Seeded, invented people and households as explicit records."""

from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from .names import COMMUNITIES, LANDMARKS, Community

Record = dict[str, Any]

TODAY = date(2026, 1, 1)
# Nobody may be born after being registered: real registries refuse that.
LAST_BIRTH = date(2023, 12, 1)
FIRST_CREATION = datetime(2024, 1, 1)
CREATION_SPAN = timedelta(days=400)

AGES = {
    "Head": (21, 75),
    "Spouse": (20, 70),
    "Child": (0, 17),
    "Parent": (58, 92),
    "Other relative": (5, 80),
    None: (1, 80),
}


class Maker:
    """Makes records one after the other; the same seed and calls give the same records."""

    def __init__(
        self,
        seed: int | str,
        serial: int = 0,
        step: timedelta = timedelta(minutes=5),
        prefix: str = "",
    ):
        self.serial = serial
        self.step = step
        self.prefix = prefix
        # Numbers of different seeds must not collide: two registries may feed one importer.
        self.offset = Random(f"numbers {seed}").getrandbits(60)
        self.random = Random(f"people {seed} {serial}")

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def community(self) -> Community:
        return self.random.choice(COMMUNITIES)

    def person(self, place: Community, role: str | None, family: str, address: str) -> Record:
        """Return one individual with the given role, family name and address."""
        self.serial += 1
        gender, given = self._gender_and_given(place)
        addl = self.random.choice(place.family) if self.chance(0.2) else None
        birthdate = None if self.chance(0.05) else self._birthdate(role)
        adult = birthdate is None or birthdate < date(2008, 1, 1)
        return {
            "key": f"{self.prefix}p{self.serial}",
            "is_group": False,
            "name": full_name(family, given, addl),
            "given_name": given,
            "family_name": family,
            "addl_name": addl,
            "birthdate": birthdate and birthdate.isoformat(),
            "birth_place": self.random.choice(place.places) if self.chance(0.7) else None,
            "gender": gender,
            "address": address,
            "email": f"person{self.serial}@example.test" if self.chance(0.15) else None,
            "reg_ids": [] if self.chance(0.08) else self._individual_ids(adult),
            "phones": self.phones(place) if adult and self.chance(0.6) else [],
            "disabled": "2024-11-05T09:30:00" if self.chance(0.01) else None,
            **self._stamps(),
        }

    def household(self, place: Community, family: str, address: str, members: list) -> Record:
        """Return one group; `members` are rows {"individual": key, "kinds": [...]}."""
        self.serial += 1
        number = {"id_type": "HOUSEHOLD NO", "value": self.number("HH-", 10)}
        return {
            "key": f"{self.prefix}h{self.serial}",
            "is_group": True,
            "name": place.household.format(family=family),
            "address": address,
            "kind": "Family" if self.chance(0.1) else "Household",
            "is_partial_group": self.chance(0.03),
            "reg_ids": [] if self.chance(0.03) else [number],
            "phones": self.phones(place) if self.chance(0.3) else [],
            "members": members,
            **self._stamps(),
        }

    def address(self, place: Community) -> str:
        """Return an address of two lines, now and then of many."""
        lines = [place.street.format(number=self.random.randint(1, 400))]
        if self.chance(0.12):
            lines += self.random.sample(LANDMARKS, 3)
            lines += self.random.sample(place.places, 2)
        return "\n".join([*lines, self.random.choice(place.places)])

    def phones(self, place: Community) -> list[Record]:
        """Return one or two numbers; some are local, some switched off."""
        return [self._phone(place) for _ in range(2 if self.chance(0.1) else 1)]

    def number(self, prefix: str, digits: int) -> str:
        """Return a number that only this serial has under `prefix`."""
        # The factor shares no divisor with a power of ten, so no two serials meet.
        return f"{prefix}{(self.serial * 6364136223846793 + self.offset) % 10**digits:0{digits}d}"

    def _gender_and_given(self, place: Community) -> tuple[str, str]:
        if self.chance(0.01):
            return "Other", self.random.choice(place.female + place.male)
        if self.chance(0.5):
            return "Female", self.random.choice(place.female)
        return "Male", self.random.choice(place.male)

    def _birthdate(self, role: str | None) -> date:
        youngest, oldest = AGES[role]
        return LAST_BIRTH - timedelta(days=self.random.randint(youngest * 366, oldest * 366 + 200))

    def _individual_ids(self, adult: bool) -> list[Record]:
        expiry = TODAY + timedelta(days=self.random.randint(60, 3600))
        if self.chance(0.05):
            expiry = TODAY - timedelta(days=self.random.randint(1, 900))
        ids = [("NATIONAL ID", self.number("N-", 12), expiry.isoformat())]
        if adult and self.chance(0.3):
            ids.append(("VOTER ID", self.number("VT", 11), None))
        if self.chance(0.2):
            ids.append(("MOSIP VID", self.number("", 16), None))
        return [{"id_type": kind, "value": no, "expiry_date": day} for kind, no, day in ids]

    def _phone(self, place: Community) -> Record:
        prefix = "0" if self.chance(0.1) else f"{place.dial_code} "
        collected = TODAY - timedelta(days=self.random.randint(30, 900))
        return {
            "phone_no": f"{prefix}{self.random.randint(70_000_000, 79_999_999)}",
            "date_collected": collected.isoformat(),
            "disabled": "2024-12-11T14:00:00" if self.chance(0.08) else None,
        }

    def _stamps(self) -> Record:
        created = FIRST_CREATION + self.serial * self.step
        registered = created.date() - timedelta(days=self.random.randint(0, 20))
        return {
            "registration_date": registered.isoformat(),
            "create_date": created.isoformat(),
            "write_date": created.isoformat(),
        }


def full_name(family: str, given: str, addl: str | None) -> str:
    """Compose a name as registration forms do: "FAMILY, GIVEN ADDL"."""
    return f"{family}, {given} {addl or ''}".strip().upper()
