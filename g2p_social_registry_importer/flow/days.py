"""Days that a rule of the registry here refuses together, and with them the whole record."""

from collections.abc import Mapping
from typing import Any

from ..meaning.problems import Code, Problem
from .context import ImportContext
from .nodes import Node

_BIRTH, _REGISTRATION = "birthdate", "registration_date"

#: In this order: without its registration date, a record still says who it is about.
_REASONS = {
    _REGISTRATION: "The registration date is before the date of birth; the field was left out.",
    _BIRTH: (
        "The date of birth is after the registration date here; the field was left out. Correct "
        "the one at the source, or the other one here."
    ),
}


def leave_out_misfits(
    context: ImportContext, node: Node, values: dict[str, Any], here: Mapping[str, Any]
) -> None:
    """Nobody is registered before being born: take the day that does not fit out of ``values``.

    :param values: what is to be written, by server field
    :param here: gives the value that a field has here, or will have by itself
    """
    for name, reason in _REASONS.items():
        if name in values and _contradict(values, here):
            del values[name]
            path = context.reader.wire_field(name)
            node.notes.append(Problem(Code.INVALID_VALUE, path, reason))


def _contradict(values: Mapping[str, Any], here: Mapping[str, Any]) -> bool:
    both = (_BIRTH, _REGISTRATION)
    born, registered = (values[day] if day in values else here[day] for day in both)
    return bool(born and registered and registered < born)
