"""What an MTS says of each person, whichever way the answer came.

Our output format wraps each result with the nonce that was sent along, so an answer is
``{"nonce": "…", "output": {"status": …, "token": …, "errorCode": …}}``. The nonce alone joins it
to a person: not its position, and never the VID, which is not read at all.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

#: jq, run by the MTS on each result. A null would be delivered as an empty body.
OUTPUT_FORMAT = '{nonce: (.input.nonce // ""), output: (.output | {status, token, errorCode})}'
MOST_CHARACTERS = 100

_NONCE = re.compile(r"[!-~]{1,100}")
_CODE = re.compile(r"[A-Za-z]{3}[-_][A-Za-z]{3}[-_]\d{1,4}")


@dataclass(frozen=True)
class PersonAnswer:
    """The answer for one person: a token, or an error code.

    :param nonce: empty if there was none, or none of ours: databases do not take every text
    :param error: empty if there is a token
    """

    nonce: str
    token: str = ""
    error: str = ""


def read_answers(document: object) -> Iterator[PersonAnswer]:
    """The answers in the body of a callback or in a file.

    :param document: decoded JSON: one answer, or a list of them
    """
    for item in document if isinstance(document, list) else [document]:
        yield read_answer(item)


def read_answer(item: object) -> PersonAnswer:
    """One answer; what is not of the expected form is one without a nonce, or one in error."""
    if not isinstance(item, dict):
        return PersonAnswer("")
    nonce = item.get("nonce")
    output = item.get("output")
    return _read_output(
        nonce if isinstance(nonce, str) and _NONCE.fullmatch(nonce) else "",
        output if isinstance(output, dict) else {},
    )


def _read_output(nonce: str, output: dict) -> PersonAnswer:
    token = output.get("token")
    # Only `processed` carries a token; what else stands there is not one.
    if output.get("status") == "processed" and isinstance(token, str) and is_token(token):
        return PersonAnswer(nonce, token=token)
    return PersonAnswer(nonce, error=_error_code(output.get("errorCode")))


def is_token(text: str) -> bool:
    """Whether a text can be a token: one word that fits the column of an ID."""
    return text.isprintable() and 0 < len(text) <= MOST_CHARACTERS and len(text.split()) == 1


def _error_code(code: object) -> str:
    """A code, or the one for errors that say nothing; texts may repeat personal data."""
    if isinstance(code, str) and _CODE.fullmatch(code):
        return code
    return "ATS-REQ-100"
