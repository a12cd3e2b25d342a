"""Whether a registry gives the page it is asked for, and a total that is one."""

from .findings import Finding
from .questions import Questions
from .row import Row


def paging_findings(questions: Questions, first: list[Row]) -> dict[str, Finding]:
    """Findings about limit, offset, order and total.

    :param first: the first rows by id
    """
    second = questions.rows(limit=1, offset=1)
    backwards = questions.rows(order="id desc")
    offset = _offset(first, second)
    # Not by their number: a registry may send fewer rows than it is asked for.
    are_all = backwards is not None and set(backwards) == set(first)
    return {
        "obeys_limit": _limit(first, second),
        "obeys_offset": offset,
        "obeys_order": _order(first, backwards, are_all),
        "total_is_total": _total(questions, first, are_all, offset),
    }


def _limit(first: list[Row], second: list[Row] | None) -> Finding:
    if not second or len(first) < 2:
        return Finding.UNKNOWN
    return Finding.of(len(second) == 1)


def _offset(first: list[Row], second: list[Row] | None) -> Finding:
    if second is None or len(set(first[:2])) < 2:
        return Finding.UNKNOWN
    return Finding.of(second[:1] == first[1:2])


def _order(first: list[Row], backwards: list[Row] | None, are_all: bool) -> Finding:
    if backwards is None or len(set(first)) < 2:
        return Finding.UNKNOWN
    return Finding.of(backwards == first[::-1] if are_all else backwards != first)


def _total(questions: Questions, first: list[Row], are_all: bool, obeys_offset: Finding) -> Finding:
    total = questions.total()
    if total is None or len(first) < 2:
        return Finding.UNKNOWN
    if are_all or total < len(first):
        return Finding.of(total == len(first))
    last = questions.rows(limit=2, offset=total - 1) if obeys_offset is Finding.YES else None
    return Finding.UNKNOWN if last is None else Finding.of(len(last) == 1)
