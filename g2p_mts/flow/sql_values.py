"""Values for statements, in a form that PostgreSQL makes the best of."""

from collections.abc import Iterable
from functools import cache

from odoo.tools import SQL

from ..meaning.vid_words import SEPARATORS


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


def uncounted(value: int) -> SQL:
    """A value for which PostgreSQL plans as for any other one.

    It counts now and then how often each value is found. Of a value that came up since, such as the
    type of the first tokens, it believes that there are none, and reads all of them again and again
    instead of looking up one.
    """
    return SQL("(SELECT %s)", value)


def ungrouped(value: SQL) -> SQL:
    """A number without what stands between its groups of digits."""
    return SQL("translate(%s, %s, '')", value, SEPARATORS)
