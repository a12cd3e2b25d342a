"""Whether an output format that somebody wrote brings answers back that can be joined to people.

It is tried on two results made up for this: one with a token, one with an error.
"""

import json
from collections.abc import Iterable, Sequence
from enum import StrEnum

from .answers import PersonAnswer, read_answer

NONCE, TOKEN, CODE = "sample-nonce-7", "sample-token-7", "IDA-MLC-018"
_TEXT = "1"


class Problem(StrEnum):
    """What is wrong with a format."""

    FAILS = "fails"  # it gives nothing, or does not come to an end
    NO_NONCE = "no_nonce"  # the answer could not be joined to a person
    NO_ANSWER = "no_answer"  # it is joined, but token or error are not where they are looked for


def samples(names: Iterable[str]) -> list[dict[str, object]]:
    """What an MTS would run the format on.

    :param names: the fields that are sent
    """
    record = {**dict.fromkeys(names, _TEXT), "vid": _TEXT, "nonce": NONCE}
    found = {"vid": _TEXT, "status": "processed", "token": TOKEN}
    return [
        {"input": record, "output": {**found, "errorCode": None, "errorMessage": None}},
        {
            "input": record,
            "output": {
                "vid": None,
                "status": "error",
                "token": None,
                "errorCode": CODE,
                "errorMessage": _TEXT,
            },
        },
    ]


def find_problem(results: Sequence[object] | None, *, by_login: bool, is_ours: bool) -> str:
    """What is wrong with the results of a format on the samples; empty if nothing is.

    :param results: None if the format fails
    :param by_login: whether they are calls of Odoo's own route, see `mixins.mts_answers`
    :param is_ours: whether they come to this server; elsewhere, only the nonce has to be in them
    """
    if not results or None in results:
        return Problem.FAILS
    if not is_ours:
        return "" if all(NONCE in json.dumps(result) for result in results) else Problem.NO_NONCE
    answers = [read_answer(_argument(result) if by_login else result) for result in results]
    if any(answer.nonce != NONCE for answer in answers):
        return Problem.NO_NONCE
    wanted = [PersonAnswer(NONCE, token=TOKEN), PersonAnswer(NONCE, error=CODE)]
    return "" if answers == wanted else Problem.NO_ANSWER


def _argument(call: object) -> object:
    """What a call of Odoo's own route hands over: the first of ``params.args``."""
    params = call.get("params") if isinstance(call, dict) else None
    given = params.get("args") if isinstance(params, dict) else None
    return given[0] if isinstance(given, list) and given else None
