"""From a record of `authdata` to the fields that are authenticated; the first fault is told."""

from dataclasses import dataclass, field
from typing import Any

from .errors import MTSError
from .output import at_path
from .shapes import Mapping

FIELDS = ("vid", "name", "gender", "dob", "phoneNumber", "emailId", "fullAddress")
MANDATORY = ("name", "gender", "dob", "fullAddress")
_ABSENT = {
    "vid": "009",
    "name": "010",
    "gender": "011",
    "dob": "012",
    "phoneNumber": "013",
    "emailId": "014",
    "fullAddress": "015",
}
_EMPTY = _ABSENT | {"name": "003", "gender": "004", "dob": "006", "fullAddress": "008"}
_BETWEEN = {"name": " ", "fullAddress": ", "}


def parse_mandatory(text: str) -> tuple[str, ...]:
    """Read the setting of the server: names with commas between. Raises ValueError."""
    names = tuple(filter(None, text.split(",")))
    unknown = set(names) - set(FIELDS)
    if unknown:
        raise ValueError(f"no field {min(unknown)!r}; there are {', '.join(FIELDS)}")
    return names


@dataclass
class Record:
    """One record of a request, as received and as it stands."""

    source: dict[str, Any]
    fields: dict[str, str] = field(default_factory=dict)
    status: str = "submitted"
    token: str | None = None
    code: str | None = None
    message: str | None = None

    def output(self) -> dict[str, Any]:
        """Return the result record."""
        # A record that is invalid shows what stands under the literal key.
        vid = self.source.get("vid") if self.status == "invalid" else self.fields.get("vid")
        return {
            "vid": vid,
            "status": self.status,
            "token": self.token,
            "errorCode": self.code,
            "errorMessage": self.message,
        }


def checked(source: dict[str, Any], mapping: Mapping, mandatory: tuple[str, ...]) -> Record:
    """Return the record with its fields, or as invalid.

    Raises TypeError for a value of a type nobody thought of: it fails the whole request.
    """
    record = Record(source)
    try:
        record.fields = fields_of(source, mapping, mandatory)
    except MTSError as error:
        record.status, record.code, record.message = "invalid", error.code, error.message
    return record


def fields_of(
    source: dict[str, Any], mapping: Mapping, mandatory: tuple[str, ...]
) -> dict[str, str]:
    """Return the fields of one record. Raises MTSError for the first fault, or TypeError."""
    found = {"vid": _vid(source, mapping)}
    for name in FIELDS[1:]:
        read = _READERS.get(name, _text)
        value = read(name, source, getattr(mapping, name), name in mandatory)
        if value:
            found[name] = value
    return found


def _vid(source: dict[str, Any], mapping: Mapping) -> str:
    value = at_path(mapping.vid, source)
    if not value:
        raise MTSError("ATS-REQ-009")
    return str(value)


def _parts(name: str, source: dict[str, Any], paths: list[str], needed: bool) -> str:
    values = [value for path in paths if (value := at_path(path, source)) is not None]
    if needed and not values:
        raise MTSError(f"ATS-REQ-{_ABSENT[name]}")
    parts = [value for value in values if value]
    if needed and not parts:
        raise MTSError(f"ATS-REQ-{_EMPTY[name]}")
    return _BETWEEN[name].join(parts)


def _text(name: str, source: dict[str, Any], path: str, needed: bool) -> str:
    value = at_path(path, source)
    if value is None and not needed:
        return ""
    if value is None:
        raise MTSError(f"ATS-REQ-{_ABSENT[name]}")
    if not isinstance(value, str):
        raise TypeError(f"object of type '{type(value).__name__}' has no len()")
    if needed and not value:
        raise MTSError(f"ATS-REQ-{_EMPTY[name]}")
    return value


def _date(name: str, source: dict[str, Any], path: str, needed: bool) -> str:
    value = _text(name, source, path, needed)
    return value.replace("-", "/") if _is_iso(value) else value


def _contact(name: str, source: dict[str, Any], path: str, needed: bool) -> str:
    # Never looked at more closely: false is dropped, a number becomes text.
    value = at_path(path, source)
    if needed and not value:
        raise MTSError(f"ATS-REQ-{_ABSENT[name]}")
    return str(value) if value else ""


def _is_iso(text: str) -> bool:
    parts = text.split("-")
    return [len(part) for part in parts] == [4, 2, 2] and all(map(str.isdecimal, parts))


_READERS = {
    "name": _parts,
    "fullAddress": _parts,
    "dob": _date,
    "phoneNumber": _contact,
    "emailId": _contact,
}
