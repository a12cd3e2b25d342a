"""A registrant as the source describes it, free of wire and of database.

``None`` for a list means that the query did not ask for it: it is left alone, which is not the
same as an empty list. In the same way ``values`` and ``details`` hold only what was asked for.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from .problems import Problem


def key_of(id_type: str, value: str) -> tuple[str, str]:
    """What matching compares of an ID: the type without case, the value as it is."""
    return id_type.casefold(), value


@dataclass(frozen=True)
class Identifier:
    """One ID of a registrant.

    :param details: further server fields, e.g. ``expiry_date`` (date or None)
    :param index: place in the list as it was sent, from 0
    """

    id_type: str
    value: str
    details: Mapping[str, Any] = field(default_factory=dict)
    index: int = field(default=0, compare=False)

    @property
    def key(self) -> tuple[str, str]:
        """What matching compares."""
        return key_of(self.id_type, self.value)


def natural_key_of(name: Any, birthdate: Any) -> tuple[str, str]:
    """What tells those apart who have no identifier: name without case, and birth date."""
    return " ".join(str(name or "").split()).casefold(), str(birthdate or "")


def label_of(identifiers: Iterable[Identifier] | None) -> str:
    """Identifiers as a person reads them; empty when there are none."""
    return ", ".join(f"{i.id_type} {i.value}" for i in identifiers or ())


@dataclass(frozen=True)
class Phone:
    """One phone number.

    :param details: ``date_collected`` (date or None), ``disabled`` (datetime, naive UTC, or None)
    """

    phone_no: str
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Member:
    """One place in a household.

    :param kinds: names such as Head; None when the query did not ask for them
    :param index: place in the list as it was sent, from 0
    """

    person: "Registrant"
    kinds: tuple[str, ...] | None
    index: int


@dataclass(frozen=True)
class Registrant:
    """A person or a household.

    :param values: server field → checked value; None clears the field
    :param problems: what had to be left out of this record
    :param fingerprint: hash of all the content, see :mod:`fingerprint`
    """

    is_group: bool
    values: Mapping[str, Any]
    identifiers: tuple[Identifier, ...] | None = None
    phones: tuple[Phone, ...] | None = None
    members: tuple[Member, ...] | None = None
    problems: tuple[Problem, ...] = ()
    fingerprint: str = ""

    @cached_property
    def keys(self) -> tuple[tuple[str, str], ...]:
        """The matching keys of the registrant's identifiers."""
        return tuple(identifier.key for identifier in self.identifiers or ())

    @property
    def label(self) -> str:
        """How a person finds this record at the source: its identifiers."""
        return label_of(self.identifiers)

    @property
    def natural_key(self) -> tuple[str, str]:
        """Name without case and birth date: for those who have no identifier."""
        return natural_key_of(self.values.get("name"), self.values.get("birthdate"))
