"""Values of a registrant as an MTS takes them: always a text, or nothing at all.

A number in a record makes MTS 1.1 refuse the whole batch or turns into a float, and JSON ``false``
is taken for a value. So what is empty is left out, and everything else is text.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime

GENDERS = ("male", "female", "others")


def as_text(value: object) -> str:
    """A value as text; empty if there is none.

    - date: ``YYYY/MM/DD``, the form MOSIP compares
    - date and time (naive UTC): ISO 8601 with ``Z``
    - yes or no: ``true``, ``false``
    - number: digits, without an exponent
    """
    match value:
        # First, as most values are texts.
        case str() | None:
            return str(value or "").replace("\0", " ").strip()
        case bool():
            return "true" if value else "false"
        case datetime():
            return value.replace(tzinfo=UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        case date():
            return value.isoformat().replace("-", "/") if value.year > 999 else ""
        case float():
            return f"{value:f}".rstrip("0").rstrip(".")
        case _:
            return as_text(str(value))


def record_of(values: Mapping[str, object]) -> dict[str, str]:
    """The texts of all values that are not empty."""
    return {
        name: text
        for name, value in values.items()
        # Most values are texts already, and need no more than what `as_text` does with those.
        if value is not None
        and (text := value.strip() if type(value) is str and "\0" not in value else as_text(value))
    }
