"""Registries of known people, and the check-up of them."""

from wire.checkup import CheckUp, check_up
from wire.client import SocialRegistry

from .support import Tokens, credentials, way_to

OLD, LATER, RECENT = "2024-01-05T10:00:00", "2024-03-05T10:00:00", "2024-06-05T10:00:00"
HONEST = {"real_total": True, "filter": "members"}


def someone(number: int, **fields) -> dict:
    ids = [{"id_type": "Card", "value": f"C-{number}"}]
    stamps = {"create_date": OLD, "write_date": OLD}
    return {
        "key": f"k{number}",
        "is_group": False,
        "name": "ใจดี",
        "reg_ids": ids,
        **stamps,
        **fields,
    }


def households(number: int = 3, members=(), **fields) -> list[dict]:
    rows = [{"individual": member, "kinds": []} for member in members]
    return [someone(n, is_group=True, members=rows, **fields) for n in range(number)]


def changed_households(number: int = 3) -> list[dict]:
    """Households; the last but one was changed later, the last one is new."""
    *steady, changed, new = households(number)
    return [
        *steady,
        changed | {"write_date": LATER},
        new | {"create_date": RECENT, "write_date": RECENT},
    ]


def checked(registry, people=None, *, is_group=True, **dials) -> CheckUp:
    """The check-up of the sample registry, of these people and with these dials."""
    if people is not None:
        registry.put_registrants(people)
    registry.set_dials(**dials)
    way = way_to(registry.search_url, Tokens(credentials(registry)))
    with SocialRegistry(way) as source:
        return check_up(source, is_group=is_group)
