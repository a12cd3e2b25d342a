"""The mapping tells the Token Seeder where in each record it finds the fields it knows."""

import json
from dataclasses import dataclass
from difflib import get_close_matches

from jsonschema import Draft202012Validator

_PATH = {"type": "string", "pattern": r"\S"}
_PATHS = {"type": "array", "items": _PATH, "minItems": 1}
SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "vid": _PATH,
        "name": _PATHS,
        "gender": _PATH,
        "dob": _PATH,
        "phoneNumber": _PATH,
        "emailId": _PATH,
        "fullAddress": _PATHS,
    },
}
KEYS = tuple(SCHEMA["properties"])

# What the Token Seeder assumes for a key that is left out.
DEFAULT = {key: [key] if spec is _PATHS else key for key, spec in SCHEMA["properties"].items()}

_VALIDATOR = Draft202012Validator(SCHEMA)


@dataclass(frozen=True)
class Problem:
    """One thing wrong with a mapping.

    ``code`` is ``not_json`` (``detail`` says where), ``not_object``, ``repeated_key``,
    ``unknown_key`` (``detail`` is the nearest right key, or empty), ``not_text`` or
    ``not_texts``.
    """

    code: str
    key: str = ""
    detail: str = ""


class _RepeatedKey(ValueError):
    """A key stands twice in one JSON object; the message is the key."""


def find_problems(text):
    """Return a list of :class:`Problem`, empty if ``text`` is a mapping as JSON."""
    try:
        mapping = json.loads(text, object_pairs_hook=_object_without_repeats)
    except _RepeatedKey as error:
        return [Problem("repeated_key", str(error))]
    except json.JSONDecodeError as error:
        where = f"{error.msg}, line {error.lineno}, column {error.colno}"
        return [Problem("not_json", detail=where)]
    problems = {}  # a list with several wrong items is one problem
    for error in _VALIDATOR.iter_errors(mapping):
        for problem in _problems_of(error, mapping):
            problems.setdefault(problem)
    return list(problems)


def _object_without_repeats(pairs):
    result = {}
    for key, value in pairs:
        if key in result:
            raise _RepeatedKey(key)
        result[key] = value
    return result


def _problems_of(error, mapping):
    if error.validator == "additionalProperties":
        return [Problem("unknown_key", key, _nearest(key)) for key in mapping if key not in KEYS]
    if not error.absolute_path:
        return [Problem("not_object")]
    key = error.absolute_path[0]
    return [Problem("not_texts" if SCHEMA["properties"][key] is _PATHS else "not_text", key)]


def _nearest(key):
    by_lower = {right.lower(): right for right in KEYS}
    # People write the names of the registry's own fields, which look different.
    by_lower |= {"birthdate": "dob", "dateofbirth": "dob", "date_of_birth": "dob"}
    by_lower |= {"mobile": "phoneNumber", "address": "fullAddress", "full_name": "name"}
    matches = get_close_matches(key.lower(), by_lower, n=1)
    return by_lower[matches[0]] if matches else ""
