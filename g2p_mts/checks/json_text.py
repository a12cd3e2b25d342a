"""Texts that hold a JSON list, and the Python literals people write in their place."""

import ast
import json


class JsonTextError(ValueError):
    """The text is not what it should be.

    ``reason`` is ``not_json`` (``detail`` says where), ``python`` (``detail`` is the same text
    as JSON), ``not_list`` or ``not_literal``.
    """

    def __init__(self, reason, detail=""):
        super().__init__(reason)
        self.reason = reason
        self.detail = detail


def parse_list(text):
    """Return the list that ``text`` holds as JSON.

    :raise JsonTextError: it is not JSON, or not a list
    """
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise _explain(text, error) from error
    if not isinstance(value, list):
        raise JsonTextError("not_list")
    return value


def to_json(text):
    """Return ``text``, a list as JSON or as Python literal, as one line of JSON.

    :raise JsonTextError: it is neither
    """
    try:
        return json.dumps(parse_list(text))
    except JsonTextError as error:
        if error.reason != "python":
            raise
        return json.dumps(parse_list(error.detail))


def to_python(text):
    """Return ``text``, a list as JSON, as Python literal.

    :raise JsonTextError: it is not JSON, or not a list
    """
    return repr(parse_list(text))


def _explain(text, error):
    try:
        # json.dumps() refuses what Python can write and JSON cannot, such as sets.
        return JsonTextError("python", json.dumps(ast.literal_eval(text.strip())))
    except (ValueError, TypeError, SyntaxError):
        where = f"{error.msg}, line {error.lineno}, column {error.colno}"
        return JsonTextError("not_json", where)
