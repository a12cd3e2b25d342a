"""Random small registries for property tests, drawn by hypothesis."""

from hypothesis import strategies as st

from .people import CARD, NATIONAL, household, identifier, person, phone, place

VOTER = "Test Voter ID"
SPOUSE = "Test Spouse"
PEOPLE = 4
HOUSEHOLDS = 4

_NAMES = ("OTIENO, AMARA", "منصور, ليلى", "ÑANDÚ, BARAKA")
_DATES = st.sampled_from([None, "1990-05-01", "2001-12-31"])
_ADDRESSES = st.sampled_from([None, "Kilima Road 4", "شارع 4"])
_NUMBERS = ("+254 712 345 678", "+254 799 000 111")


@st.composite
def worlds(draw):
    """Everybody at the source at one moment: a list of records as in :mod:`people`.

    Two worlds are about the same few people and households: in one, somebody may lack what they
    have in the other, hold somebody else's ID, live elsewhere, or not exist. Within a world every
    ID belongs to one holder, and a household has at most one head.
    """
    nationals, voters = draw(_values("N")), draw(_values("V"))
    people = [
        person(
            f"p{n}",
            draw(st.sampled_from(_NAMES)),
            birthdate=draw(_DATES),
            address=draw(_ADDRESSES),
            phones=draw(_phones()),
            reg_ids=draw(_ids({NATIONAL: nationals[n], VOTER: voters[n]})),
        )
        for n in range(draw(st.integers(1, PEOPLE)))
    ]
    keys = [one["key"] for one in people]
    return people + [draw(_household(n, keys)) for n in range(draw(st.integers(1, HOUSEHOLDS)))]


@st.composite
def crowds(draw):
    """People by themselves; unlike in :func:`worlds`, several may have one ID, or look alike."""
    values = {NATIONAL: "N", VOTER: "V"}
    return [
        person(
            f"p{n}",
            draw(st.sampled_from(_NAMES)),
            address=draw(_ADDRESSES),
            reg_ids=[
                identifier(name, f"{values[name]}-{draw(st.integers(0, PEOPLE - 1))}")
                for name in draw(_some(sorted(values)))
            ],
        )
        for n in range(draw(st.integers(1, PEOPLE + 2)))
    ]


@st.composite
def _household(draw, number, people):
    card = identifier(CARD, f"C-{number}", draw(_DATES))
    members = draw(_some(people))
    head = draw(st.sampled_from([None, *members]))
    places = [place(key, *draw(_kinds(key == head))) for key in members]
    fields = {"address": draw(_ADDRESSES), "phones": draw(_phones()), "reg_ids": [card]}
    return {**household(f"h{number}", f"Household {number}"), "members": places, **fields}


def _values(letter):
    """Who holds which value: each value once, mostly the own one."""
    own = [f"{letter}-{n}" for n in range(PEOPLE)]
    swapped = [own[1], own[0], *own[2:]]
    return st.one_of(st.just(own), st.just(swapped), st.permutations(own))


def _ids(values):
    """Some of these IDs, expired or not."""
    return _some(sorted(values)).flatmap(
        lambda names: st.tuples(
            *(st.builds(identifier, st.just(n), st.just(values[n]), _DATES) for n in names)
        ).map(list)
    )


def _phones():
    disabled = st.sampled_from([None, "2025-02-03"])
    return _some(_NUMBERS).flatmap(
        lambda chosen: st.tuples(
            *(st.builds(phone, st.just(one), disabled=disabled) for one in chosen)
        ).map(list)
    )


def _some(things):
    """Most of these, in any order."""
    return st.tuples(*(st.sampled_from((True, True, False)) for _thing in things)).flatmap(
        lambda chosen: st.permutations(
            [thing for thing, is_in in zip(things, chosen, strict=True) if is_in]
        )
    )


def _kinds(is_head):
    return st.just(["Head"]) if is_head else st.sampled_from([[], [SPOUSE]])
