"""Which server field a wire field goes to, and which fields may be written at all."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

#: Read by name, because they are lists of records or say what the record is.
STRUCTURE = frozenset({"regIds", "phoneNumberIds", "groupMembershipIds", "isGroup", "__typename"})
#: Known and left out: dates without a time of day, and a group kind that the registry renders as
#: debug text.
NOT_IMPORTED = frozenset({"createDate", "writeDate", "kind"})


@dataclass(frozen=True)
class Target:
    """A server field the import may write.

    :param type: ``char``, ``text``, ``date``, ``datetime``, ``boolean``, ``integer``, ``float``
        or ``selection``
    :param choices: key → label of a selection
    :param size: longest text, or 0 for no limit
    """

    name: str
    type: str
    choices: Mapping[str, str] | None = None
    size: int = 0


@dataclass(frozen=True)
class Rule:
    """One row of the data source's field mapping.

    :param clears: a null from the source empties the field, instead of leaving it alone
    """

    field: str
    clears: bool = False


@dataclass(frozen=True)
class FieldMapping:
    """All rules of one data source, over the fields that may be written."""

    rules: Mapping[str, Rule]
    targets: Mapping[str, Target]

    @cached_property
    def digest(self) -> str:
        """A hash that changes when the same record may be read differently."""
        content = (sorted(self.rules.items()), sorted(self.targets.items()))
        return hashlib.sha256(repr(content).encode()).hexdigest()

    def rule_for(self, wire_field: str) -> Rule:
        """The row for this wire field; without one, camelCase becomes snake_case."""
        return self.rules.get(wire_field) or _rule_by_name(wire_field)

    def target_for(self, wire_field: str) -> Target | None:
        """Where the value goes; None when there is no such field or it may not be written."""
        return self.targets.get(self.rule_for(wire_field).field)

    def wire_field_for(self, name: str) -> str:
        """Where the values of a server field come from, in a path that people can find."""
        mapped = (wire for wire, rule in self.rules.items() if rule.field == name)
        return next(mapped, None) or camel_case(name)

    def unknown_fields(self, paths: Iterable[str]) -> list[str]:
        """Of the dotted paths a query asks for, those that lead nowhere."""
        scalar = {path.removeprefix("groupMembershipIds.individual.") for path in paths}
        names = {path for path in scalar if "." not in path} - STRUCTURE - NOT_IMPORTED
        return sorted(name for name in names if self.target_for(name) is None)


@lru_cache(maxsize=1024)  # the names of a query, asked for each record
def _rule_by_name(wire_field: str) -> Rule:
    return Rule(snake_case(wire_field))


def snake_case(name: str) -> str:
    """``birthPlace`` → ``birth_place``."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def camel_case(name: str) -> str:
    """``birth_place`` → ``birthPlace``."""
    return re.sub("_(.)", lambda found: found[1].upper(), name)
