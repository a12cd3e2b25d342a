"""The answers of an MTS, and what each of them asks us to do."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

import requests

from .errors import (
    ConfigurationError,
    ForgottenError,
    RefusalError,
    ServerError,
    TemporaryError,
    UnansweredError,
)

NONE_VALID = "ATS-REQ-101"
UNKNOWN_REQUEST = "ATS-REQ-016"
NOT_PROCESSED = "ATS-REQ-017"
NOTHING_AT_ODK = "ATS-REQ-23"

#: An error code and nothing else: what stands before "::" in an exception's text is not one.
_CODE = re.compile(r"[A-Z]{3}-[A-Z]{3}-\d{1,4}|AUT_[A-Z]{3}_\d{3}")


@dataclass(frozen=True)
class Receipt:
    """An MTS took a submission.

    :param identifier: under which it can be asked for later
    :param none_valid: not one of the records can be used; each comes back with its error
    """

    identifier: str
    none_valid: bool = False


def read_receipt(response: requests.Response) -> Receipt:
    """What became of a submission.

    :raises MTSError: see :func:`read_envelope`; RefusalError also for a 200 without identifier
    """
    body = read_envelope(response)
    codes = error_codes(body)
    identifier = _response_of(body).get("request_identifier")
    if not isinstance(identifier, str) or not identifier:
        raise refusal(codes)
    return Receipt(identifier, none_valid=NONE_VALID in codes)


def read_status(response: requests.Response) -> str:
    """The state of a request, one of the words of the MTS such as ``processed``.

    :raises MTSError: see :func:`read_envelope`
    """
    status = _response_of(read_envelope(response)).get("status")
    if not isinstance(status, str):
        raise TemporaryError("The MTS does not say how far it is.")
    return status


def read_envelope(response: requests.Response) -> dict:
    """The envelope of an answer, if the HTTP status says that the call went well.

    :raises TemporaryError: 202, 408, 425, 429
    :raises ServerError: 5xx
    :raises UnansweredError: an answer that is cut
    :raises ForgottenError: 404 with ``ATS-REQ-016``
    :raises RefusalError: 400 and 422 with error codes
    :raises ConfigurationError: every other answer; most likely it is no MTS that answers
    """
    body = _json_object(response)
    codes = error_codes(body or {})
    refuse_bad_status(response.status_code, codes)
    if body is None:
        raise UnansweredError("The answer of the MTS is cut or is not JSON.")
    return body


def refuse_bad_status(status: int, codes: Sequence[str]) -> None:
    """Turn every status but 200 into a decision. See :func:`read_envelope`."""
    if status == 200:
        return
    if status == 404 and UNKNOWN_REQUEST in codes:
        raise ForgottenError("The MTS does not know the request any more.")
    if status == 202 or NOT_PROCESSED in codes:
        raise TemporaryError("The MTS has not finished yet.")
    if status in (408, 425, 429):
        raise TemporaryError(f"The MTS is busy ({_named(status, codes)}).")
    if status >= 500:
        raise ServerError(f"The MTS is in trouble ({_named(status, codes)}).")
    if status in (400, 422):
        raise refusal(codes, status)
    raise ConfigurationError(
        f"No MTS answers at this address ({status}); check the URL, and the path in it."
    )


def refusal(codes: Sequence[str], status: int = 200) -> RefusalError:
    """The MTS declined: the words, with its codes."""
    return RefusalError(f"The MTS refused the submission ({_named(status, codes)}).", tuple(codes))


def error_codes(body: dict) -> list[str]:
    """The codes in ``errors``. Anything that does not look like a code is left out."""
    errors = body.get("errors")
    found = [e.get("errorCode") for e in errors if isinstance(e, dict)] if _is_list(errors) else []
    return [code for code in found if isinstance(code, str) and _CODE.fullmatch(code)]


def read_records(response: requests.Response) -> list:
    """The file of a request: a JSON array.

    :raises TemporaryError: it is empty or cut, as it is while the MTS still writes it
    """
    if response.status_code != 200:
        read_envelope(response)
    try:
        records = json.loads(response.content)
    except ValueError as error:
        raise TemporaryError("The file of the MTS is not complete yet.") from error
    if not isinstance(records, list):
        raise ConfigurationError("The file of the MTS is not a JSON array.")
    return records


def read_csv(response: requests.Response) -> bytes:
    """The file of a request: CSV, as bytes.

    :raises TemporaryError: it is empty or its last line is cut, as while the MTS still writes it
    """
    if response.status_code != 200:
        read_envelope(response)
    if not response.content.endswith(b"\n"):
        raise TemporaryError("The file of the MTS is not complete yet.")
    return response.content


def _named(status: int, codes: Sequence[str]) -> str:
    return ", ".join(codes) or f"HTTP {status}"


def _is_list(value: object) -> bool:
    return isinstance(value, list)


def _json_object(response: requests.Response) -> dict | None:
    try:
        body = response.json()
    except (ValueError, RecursionError):
        return None
    return body if isinstance(body, dict) else None


def _response_of(body: dict) -> dict:
    response = body.get("response")
    return response if isinstance(response, dict) else {}
