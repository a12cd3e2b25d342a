"""One bad record never stops the others: a batch that fails is halved until it stands alone."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from psycopg2 import errors

from odoo.api import Environment
from odoo.exceptions import AccessError
from odoo.service.model import PG_CONCURRENCY_ERRORS_TO_RETRY

from .unlogged import refused_statements_unlogged

Item = TypeVar("Item")
Result = TypeVar("Result")


class AnotherWasQuicker(Exception):
    """Another worker wrote the same thing first; the work has to start over to see it."""


def isolate(
    env: Environment,
    items: Sequence[Item],
    work: Callable[[Sequence[Item]], list[Result]],
    refuse: Callable[[Item, Exception], Result],
    *,
    may_start_over: bool = True,
    forget: Callable[[], None] | None = None,
) -> list[Result]:
    """Do something for all items at once; of those that cannot be done, each one is refused alone.

    :param work: what is done, for one item or for many; runs in a savepoint
    :param refuse: what becomes of an item that cannot be done, told the error. Its text may quote
        the record.
    :param may_start_over: whether a unique index that objects may mean another worker
    :param forget: called after work was taken back
    :returns: what `work` and `refuse` return, in the order of the items
    :raises AnotherWasQuicker: see there; the caller keeps nothing
    :raises AccessError: the user has not the rights; not a matter of one record
    """
    try:
        with refused_statements_unlogged(), env.cr.savepoint():
            return work(items)
    except Exception as error:
        _raise_unless_of_a_record(error, may_start_over)
        if forget:
            forget()
        if len(items) == 1:
            return [refuse(items[0], error)]
    middle = len(items) // 2
    return [
        result
        for half in (items[:middle], items[middle:])
        for result in isolate(env, half, work, refuse, may_start_over=may_start_over, forget=forget)
    ]


def _raise_unless_of_a_record(error: Exception, may_start_over: bool) -> None:
    if getattr(error, "pgcode", None) in PG_CONCURRENCY_ERRORS_TO_RETRY:
        raise error
    # Odoo ends a job that takes too long by a bare Exception out of a signal.
    if isinstance(error, AccessError | MemoryError) or type(error) is Exception:
        raise error
    if isinstance(error, errors.UniqueViolation) and may_start_over:
        raise AnotherWasQuicker from None
