"""Many values for one statement."""

from collections.abc import Iterable


def as_array(values: Iterable) -> str:
    """An array as PostgreSQL writes it: it reads that much faster than thousands of single values.

    :param values: numbers, texts, times or None
    """
    return "{" + ",".join(map(_text, values)) + "}"


def _text(value):
    if value is None:
        return "NULL"
    if isinstance(value, int):
        return str(value)
    text = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'
