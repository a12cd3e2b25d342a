"""Wire record → :class:`records.Registrant`."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from . import lists
from .fingerprint import VERSION, fingerprint
from .mapping import NOT_IMPORTED, STRUCTURE, FieldMapping
from .problems import Code, Problem, RecordError
from .records import Member, Registrant
from .values import ValueRefused, convert

#: The fields that a natural key is made of.
_NAMING = frozenset({"name", "family_name", "given_name", "addl_name", "birthdate"})


class RecordReader:
    """Reads the records of one import.

    :param mapping: field rules and writable fields
    :param latest_day: today; no birth and no registration may be later
    """

    def __init__(self, mapping: FieldMapping, latest_day: date = date.max):
        self._mapping = mapping
        self._latest_day = latest_day

    def digest(self, text: str, *, is_group: bool) -> str:
        """32 hexadecimal digits: the same for records that are read the same.

        :param text: the record as it was sent
        """
        rules = f"{VERSION} {is_group} {self._mapping.digest}\n"
        return hashlib.blake2b((rules + text).encode(), digest_size=16).hexdigest()

    def read(self, raw: Any, *, is_group: bool) -> Registrant:
        """A registrant from a wire record with camelCase keys.

        :param is_group: the target registry of the import
        :raises RecordError: not a record, of the other target, or without any name
        """
        if not isinstance(raw, dict):
            raise _unusable(Code.NOT_A_RECORD, "", "The registry sent an empty record.")
        if raw.get("isGroup") not in (None, is_group):
            raise _unusable(Code.OTHER_TARGET, "isGroup", _other_target(is_group))
        problems: list[Problem] = []
        values = self._values(raw, problems)
        _require_name(values)
        registrant = Registrant(
            is_group=is_group,
            values=values,
            identifiers=lists.identifiers(raw, problems),
            phones=lists.phones(raw, problems),
            members=self._members(raw, problems) if is_group else None,
            problems=tuple(problems),  # comes last: the lines above have added theirs
        )
        return replace(registrant, fingerprint=fingerprint(registrant))

    def natural_key(self, raw: Any, *, is_group: bool) -> tuple[str, str] | None:
        """The natural key :meth:`read` would give, at less cost; None of an unusable record."""
        if not isinstance(raw, dict):
            return None
        try:
            values = self._values({f: v for f, v in raw.items() if self._is_name(f)}, [])
            _require_name(values)
        except RecordError:
            return None
        return Registrant(is_group=is_group, values=values).natural_key

    def _is_name(self, wire_field: str) -> bool:
        target = self._mapping.target_for(wire_field)
        return target is not None and target.name in _NAMING

    def wire_field(self, name: str) -> str:
        """The name that a server field most likely has at the source."""
        return self._mapping.wire_field_for(name)

    def _values(self, raw: dict, problems: list[Problem]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for wire_field, value in raw.items():
            if wire_field in STRUCTURE or wire_field in NOT_IMPORTED:
                continue
            values.update(self._value(wire_field, value, problems))
        return values

    def _value(self, wire_field: str, value: Any, problems: list[Problem]) -> dict[str, Any]:
        target = self._mapping.target_for(wire_field)
        if target is None:
            return {}
        try:
            converted = convert(value, target, self._latest_day)
        except ValueRefused as refusal:
            problems.append(lists.bad_value(wire_field, refusal))
            return {}
        if converted is None and not self._mapping.rule_for(wire_field).clears:
            return {}
        return {target.name: converted}

    def _members(self, raw: dict, problems: list[Problem]) -> tuple[Member, ...] | None:
        rows = lists.rows(raw, "groupMembershipIds", problems)
        return None if rows is None else tuple(self._each_member(rows, problems))

    def _each_member(self, rows: list[dict], problems: list[Problem]) -> Iterator[Member]:
        for index, row in enumerate(rows):
            place = f"groupMembershipIds[{index}]"
            person = row.get("individual")
            if person is None:
                reason = (
                    "The household has a place without a person; check it at the source. Until "
                    "that is mended, nobody is taken to have left the household."
                )
                problems.append(Problem(Code.MEMBER_WITHOUT_INDIVIDUAL, place, reason))
                continue
            try:
                read = self.read(person, is_group=False)
                member = Member(read, lists.kinds(row, place, problems), index)
            except RecordError as error:
                reason = f"A member cannot be read: {error.problem.reason}"
                problems.append(Problem(Code.MEMBER_UNUSABLE, place, reason))
                continue
            problems.extend(p.under(f"{place}.individual") for p in member.person.problems)
            yield member


def _require_name(values: dict[str, Any]) -> None:
    """Compose a missing name the way the individual's form does: FAMILY, GIVEN ADDL."""
    if values.get("name"):
        return
    given = " ".join(filter(None, (values.get("given_name"), values.get("addl_name"))))
    name = ", ".join(filter(None, (values.get("family_name"), given))).upper()
    if not name:
        reason = "The record has no name; complete it at the source, or ask for it in the query."
        raise _unusable(Code.NAME_MISSING, "name", reason)
    values["name"] = name


def _unusable(code: Code, field: str, reason: str) -> RecordError:
    return RecordError(Problem(code, field, reason))


def _other_target(is_group: bool) -> str:
    sent, wanted = ("an individual", "households") if is_group else ("a household", "individuals")
    return f"The registry sent {sent}, but this import takes {wanted}."
