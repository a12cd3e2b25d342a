"""A whole registry of invented households, the same for the same seed."""

from collections.abc import Iterator

from .names import Community
from .people import CREATION_SPAN, Maker
from .store import Record, Store

PEOPLE_PER_HOUSEHOLD = 5
LOOSE_SHARE = 50  # one person in so many lives in no household
SHARED_SHARE = 0.03  # households that also list somebody of another one


def fill(store: Store, households: int, individuals: int | None = None, seed: int | str = 1):
    """Replace the content of `store` by exactly so many households and individuals.

    Raises ValueError when there are fewer individuals than households (each needs its head).
    """
    people = households * PEOPLE_PER_HOUSEHOLD if individuals is None else individuals
    if households < 0 or people < households:
        raise ValueError("every household needs at least one individual")
    with store.lock:
        store.clear()
        for records in generate(households, people, seed):
            store.put(records)


def generate(households: int, people: int, seed: int | str) -> Iterator[list[Record]]:
    """Yield the records of one household after the other, then people without household."""
    maker = Maker(seed, step=CREATION_SPAN / (households + people + 1))
    sizes = household_sizes(maker, households, people)
    guests: list[str] = []
    for number, size in enumerate(sizes, 1):
        shared = guests and (maker.chance(SHARED_SHARE) or number == households)
        yield household_of(maker, size, maker.random.choice(guests) if shared else None, guests)
    for _ in range(people - sum(sizes)):
        place = maker.community()
        family = maker.random.choice(place.family)
        yield [maker.person(place, None, family, maker.address(place))]


def household_sizes(maker: Maker, households: int, people: int) -> list[int]:
    """Deal people out at random: at least a head for each, a few left for no household."""
    sizes = [1] * households
    spare = people - households
    if households:
        for _ in range(spare - min(spare, people // LOOSE_SHARE)):
            sizes[maker.random.randrange(households)] += 1
    return sizes


def household_of(maker: Maker, size: int, guest: str | None, guests: list[str]) -> list[Record]:
    """Return `size` new people and their household, which lists `guest` as well.

    People who may become guests of later households are appended to `guests`.
    """
    place = maker.community()
    family, address = maker.random.choice(place.family), maker.address(place)
    roles = [role_of(maker, position) for position in range(size)]
    people = [
        maker.person(place, role, surname(maker, place, family, role), address) for role in roles
    ]
    rows = [member_row(one["key"], role) for one, role in zip(people, roles, strict=True)]
    if guest:
        rows.append(member_row(guest, "Other relative"))
    guests += [row["individual"] for row in rows[1:size]]
    return [*people, maker.household(place, family, address, rows)]


def role_of(maker: Maker, position: int) -> str | None:
    """Return the member kind by position: one head, mostly a spouse, then mostly children."""
    if position == 0:
        return "Head"
    if position == 1 and maker.chance(0.7):
        return "Spouse"
    return maker.random.choices(
        ("Child", "Parent", "Other relative", None), weights=(70, 8, 10, 12)
    )[0]


def surname(maker: Maker, place: Community, family: str, role: str | None) -> str:
    """Return the household's family name, or another one for those who married or moved in."""
    shares_name = role in {"Head", "Child"} or maker.chance(0.5)
    return family if shares_name else maker.random.choice(place.family)


def member_row(key: str, role: str | None) -> Record:
    """Return a membership row of an explicit record."""
    return {"individual": key, "kinds": [role] if role else []}
