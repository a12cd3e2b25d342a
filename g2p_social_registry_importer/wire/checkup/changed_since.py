"""Whom the changed-since filter of a registry shows, and whom it hides."""

from datetime import UTC, datetime, timedelta

from .findings import Finding
from .questions import SAMPLE, Questions
from .row import MARGIN, Row, Span, rested


def filter_findings(
    questions: Questions, first: list[Row], *, is_group: bool
) -> dict[str, Finding]:
    """Findings about the filter; those left out are unknown.

    :param first: the first rows by id
    """
    future = questions.rows(limit=1, since=datetime.now(UTC) + timedelta(days=366))
    if future is None:
        return {}
    if future:
        return {"obeys_filter": Finding.NO}
    rows = [*first, *(questions.rows(order="write_date desc, id desc") or ())]
    found = {"obeys_filter": Finding.YES, "sees_new": _sees_new(questions, rows)}
    found["sees_updates"] = _sees_updates(questions, rows)
    if is_group and found["sees_updates"] is Finding.YES:
        found["sees_member_updates"] = _sees_member_updates(questions, rows)
    return found


def _sees_new(questions: Questions, rows: list[Row]) -> Finding:
    newest = max((row.created for row in rows if row.created), default=None)
    found = newest and questions.rows(limit=1, since=newest.start - MARGIN)
    return Finding.UNKNOWN if found is None else Finding.of(bool(found))


def _sees_updates(questions: Questions, rows: list[Row]) -> Finding:
    """Asks for the time between the creation and the last change of somebody."""
    return _comes_back(questions, rows, "created", "written", order="create_date asc, id asc")


def _sees_member_updates(questions: Questions, rows: list[Row]) -> Finding:
    """Asks for the time between the last change of a household and that of its members."""
    return _comes_back(
        questions, rows, "written", "members_written", order="write_date asc, id asc"
    )


def _comes_back(
    questions: Questions, rows: list[Row], earlier: str, later: str, *, order: str
) -> Finding:
    """Whether the filter shows somebody to whom only the later of two things happened since.

    :param order: puts those first who come back because of the later one alone
    """
    changed = [row for row in rows if row.identifiers and rested(row, earlier, later)]
    if not changed:
        return Finding.UNKNOWN
    witness = max(changed, key=lambda row: getattr(row, later))
    moment = getattr(witness, later).start - MARGIN / 2
    back = questions.rows(order=order, since=moment)
    if back is None:
        return Finding.UNKNOWN
    so_many = len(back) == SAMPLE and all(_is_over(getattr(r, earlier), moment) for r in back)
    return Finding.of(witness in back or so_many)  # so many that the witness is on a later page


def _is_over(span: Span | None, moment: datetime) -> bool:
    return span is not None and span.end <= moment - MARGIN / 2
