"""What to ask of a registry at each run, and why, from what its check-up found."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from .findings import CheckUp, Finding

#: Seconds by which clocks may differ without a word.
_SMALL_SKEW = 5
#: What a run relies on that asks for less than everybody: what is wrong without it, and what
#: could not be seen.
_REQUIRED = {
    "obeys_limit": ("sends more rows than it is asked for", "obeys the limit"),
    "obeys_offset": ("ignores the offset, so that only one page can be had", "obeys the offset"),
    "obeys_order": ("ignores the order, so that pages may overlap", "obeys the order"),
    "obeys_filter": ("ignores the changed-since filter", "obeys the changed-since filter"),
    "sees_new": (
        "hides people who are new from its changed-since filter",
        "shows people who are new through its changed-since filter",
    ),
}


class Strategy(StrEnum):
    FULL = "full"
    INCREMENTAL = "incremental"
    INCREMENTAL_FULL = "incremental_full"


@dataclass(frozen=True)
class Advice:
    """What to do at each run.

    :param reasons: one paragraph for the operator
    """

    strategy: Strategy
    reasons: str


def advise(found: CheckUp, *, is_group: bool) -> Advice:
    """Choose the strategy. What is not known to be so is not relied on.

    :param is_group: for an import of households, whose members may change as well
    """
    strategy, reason = _choice(found, is_group)
    return Advice(strategy, " ".join((reason, *_remarks(found))))


def _choice(found: CheckUp, is_group: bool) -> tuple[Strategy, str]:
    if doubts := "; ".join(_doubts(found)):
        return Strategy.FULL, f"Each run fetches everybody: {doubts}."
    if blind_spot := _blind_spot(found, is_group):
        return Strategy.INCREMENTAL_FULL, (
            "Each run fetches who is new, and every few days one fetches everybody: the "
            f"changed-since filter shows who is new, {blind_spot}."
        )
    return Strategy.INCREMENTAL, (
        "Each run fetches who is new or changed: the changed-since filter shows both. Who is no "
        "longer at the source is noticed only when everybody is fetched."
    )


def _doubts(found: CheckUp) -> Iterator[str]:
    findings = {name: getattr(found, name) for name in _REQUIRED}
    wrong = [_REQUIRED[name][0] for name, it_is in findings.items() if it_is is Finding.NO]
    unseen = [_REQUIRED[name][1] for name, it_is in findings.items() if it_is is Finding.UNKNOWN]
    if wrong:
        yield f"the registry {_listed(wrong)}"
    if unseen:
        yield f"it could not be seen that the registry {_listed(unseen)}"


def _blind_spot(found: CheckUp, is_group: bool) -> str:
    if found.sees_updates is Finding.NO:
        return "but not who was changed"
    if found.sees_updates is Finding.UNKNOWN:
        return "but whether it also shows who was changed could not be seen"
    if is_group and found.sees_member_updates is Finding.NO:
        return "but not households of which only a member was changed"
    if is_group and found.sees_member_updates is Finding.UNKNOWN:
        return (
            "but whether it also shows households of which only a member was changed could not "
            "be seen"
        )
    return ""


def _remarks(found: CheckUp) -> Iterator[str]:
    if found.total_is_total is Finding.NO:
        yield "The total it shows is not the number of all rows; the importer does not use it."
    if found.clock_skew is None:
        yield "Its answers show no clock: let the overlap be longer than clocks may differ."
    elif abs(found.clock_skew) > _SMALL_SKEW:
        side = "ahead of" if found.clock_skew > 0 else "behind"
        length = _duration(abs(found.clock_skew))
        yield f"Its clock is {length} {side} ours; runs go by the one that is behind."
    if found.schema is None:
        yield "It does not show its schema, so changes of its fields cannot be noticed."
    if found.refusal:
        yield f"It declined a question: {found.refusal}"


def _duration(seconds: float) -> str:
    for unit, size in (("hours", 3600), ("minutes", 60)):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.0f} seconds"


def _listed(parts: list[str]) -> str:
    *others, last = parts
    return f"{', '.join(others)} and {last}" if others else last
