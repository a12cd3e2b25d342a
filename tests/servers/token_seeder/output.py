"""jq, as MTS uses it: paths of the mapping, and the format of the output."""

import csv
import io
import json
from functools import lru_cache
from typing import Any

import jq

DEFAULT_FORMAT = ".output"
HEADER = ("vid", "status", "token", "errorCode", "errorMessage")
# The jq binding of MTS hands out larger integers as floating point numbers.
_FLOAT_FROM = 2**31


def find_problem(program: Any) -> bool:
    """Whether `program` is no jq program."""
    try:
        _compiled(str(program))
    except ValueError:
        return True
    return False


def at_path(path: str, record: dict[str, Any]) -> Any:
    """Return what stands in `record` at a path of the mapping; None if it cannot be reached."""
    return _first(f".{path}", record)


def formatted(output_format: Any, source: dict[str, Any], output: dict[str, Any]) -> Any:
    """Return the first result of the format for one record, None if running it fails.

    JSON false as format is taken for the text "False", which is no program and always fails.
    """
    program = "False" if output_format is False else output_format or DEFAULT_FORMAT
    return _first(str(program), {"input": source, "output": output})


def as_json(rows: list[Any]) -> bytes:
    """Return a file with all rows as one JSON array."""
    return json.dumps(rows, ensure_ascii=False).encode()


def as_csv(rows: list[Any]) -> bytes:
    """Return a file of rows that are objects or lists. Raises an exception for anything else."""
    text = io.StringIO(newline="")
    if not rows:
        csv.writer(text).writerow(HEADER)
    elif isinstance(rows[0], dict):
        writer = csv.DictWriter(text, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    else:
        csv.writer(text).writerows(rows)
    return text.getvalue().encode()


@lru_cache(maxsize=256)
def _compiled(program: str) -> Any:
    return jq.compile(program)


def _first(program: str, value: Any) -> Any:
    try:
        return _with_floats(_compiled(program).input_value(value).first())
    except (ValueError, StopIteration):
        return None


def _with_floats(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _with_floats(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_with_floats(item) for item in value]
    if type(value) is int and abs(value) >= _FLOAT_FROM:
        return float(value)
    return value
