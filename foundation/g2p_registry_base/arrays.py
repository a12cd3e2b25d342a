"""Many values for a statement, as one."""

from collections.abc import Iterable
from functools import cache


def as_array(values: Iterable) -> str:
    """An array as PostgreSQL writes it: it reads that much faster than thousands of single values.

    :param values: numbers, texts, times or None
    """
    values = list(values)
    if set(map(type, values)) == {int}:
        return "{" + str(values)[1:-1] + "}"
    # Times, and what is one of a few words, are mostly the same from row to row.
    return "{" + ",".join(map(cache(_text), values)) + "}"


def _text(value):
    if value is None:
        return "NULL"
    if isinstance(value, int):
        return str(value)
    text = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'
