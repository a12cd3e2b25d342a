"""Values for statements, in a form that PostgreSQL makes the best of."""

from collections.abc import Iterable, Sequence

from odoo.tools import SQL

from odoo.addons.g2p_registry_base.arrays import as_array

from ..meaning.vid_words import SEPARATORS


def as_bytes(digits: Iterable[str]) -> str:
    """Bytes as PostgreSQL writes them.

    :param digits: hexadecimal digits of each part, to be joined
    """
    return "\\x" + "".join(digits)


def rows_of(columns: Iterable[tuple[str, str, Sequence]]) -> SQL:
    """What follows ``SELECT`` to have rows of these values, and ``place``, their order.

    What is the same in all rows is written once: it is neither sent nor read for each of them.

    :param columns: name, type and values of each; the values are as many everywhere
    """
    chosen, arrays = [], []
    for name, kind, values in columns:
        if arrays and values.count(values[0]) == len(values):
            chosen.append(SQL("%s::%s", values[0], SQL(kind)))
        else:
            chosen.append(SQL.identifier("given", name))
            arrays.append((SQL.identifier(name), SQL("%s::%s[]", as_array(values), SQL(kind))))
    names, values = (SQL(", ").join(parts) for parts in zip(*arrays, strict=True))
    source = SQL("unnest(%s) WITH ORDINALITY AS given (%s, place)", values, names)
    return SQL("%s FROM %s", SQL(", ").join(chosen), source)


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
