"""Whether a registry gives the page it is asked for, and a total that is one."""

from .findings import Finding
from .questions import SAMPLE, Questions
from .row import Row


def paging_findings(questions: Questions, first: list[Row]) -> dict[str, Finding]:
    """Findings about limit, offset, order and total.

    :param first: the first rows by id
    """
    second = questions.rows(limit=1, offset=1)
    backwards = questions.rows(order="id desc")
    offset = _offset(first, second)
    return {
        "obeys_limit": _limit(first, second),
        "obeys_offset": offset,
        "obeys_order": _order(first, backwards),
        "total_is_total": _total(questions, first, offset),
    }


def _limit(first: list[Row], second: list[Row] | None) -> Finding:
    if not second or len(first) < 2:
        return Finding.UNKNOWN
    return Finding.of(len(second) == 1)


def _offset(first: list[Row], second: list[Row] | None) -> Finding:
    if second is None or len(set(first[:2])) < 2:
        return Finding.UNKNOWN
    return Finding.of(second[:1] == first[1:2])


def _order(first: list[Row], backwards: list[Row] | None) -> Finding:
    if backwards is None or len(set(first)) < 2:
        return Finding.UNKNOWN
    if len(first) < SAMPLE:
        return Finding.of(backwards == first[::-1])
    return Finding.of(backwards != first)


def _total(questions: Questions, first: list[Row], obeys_offset: Finding) -> Finding:
    total = questions.total()
    if total is None or len(first) < 2:
        return Finding.UNKNOWN
    if len(first) < SAMPLE or total < len(first):
        return Finding.of(total == len(first))
    last = questions.rows(limit=2, offset=total - 1) if obeys_offset is Finding.YES else None
    return Finding.UNKNOWN if last is None else Finding.of(len(last) == 1)
