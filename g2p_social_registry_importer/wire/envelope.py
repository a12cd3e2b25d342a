"""The G2P Connect envelope around a search (registry core API 1.0.0, ``registry/sync/search``).

Both directions are checked against a JSON Schema; a violation names the path in the document and
never the value found there, which may be somebody's.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from uuid import uuid4

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError, best_match

from .errors import ConfigurationError, RefusalError, TemporaryError
from .reply import closed, quoted
from .signing import Signer, Verifier

GROUP_TYPE = "G2P:RegistryType:Group"
INDIVIDUAL_TYPE = "G2P:RegistryType:Individual"


@dataclass(frozen=True)
class SearchResult:
    """What the registry answered to one search.

    :param data: ``reg_records``: an object keyed by GraphQL field (OpenG2P) or a list (SPDCI)
    :param answered_at: the registry's own clock, aware UTC, or None when it shows none
    """

    data: dict | list
    answered_at: datetime | None


def search_request(
    query: str,
    *,
    is_group: bool,
    sender_id: str = "",
    receiver_id: str = "",
    signer: Signer | None = None,
) -> dict:
    """The envelope for one search, time-stamped now (UTC) and with fresh identifiers."""
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    document = {
        "signature": "",
        "header": _request_header(now, sender_id, receiver_id),
        "message": {
            "transaction_id": str(uuid4()),
            "search_request": [_search_item(query, now, is_group)],
        },
    }
    if signer:
        document["signature"] = signer.sign(document)
    _check(document, "search_request")
    return document


def read_response(
    document: object, verifier: Verifier | None = None, echo: str = ""
) -> SearchResult:
    """Open the envelope of an answer.

    :param verifier: checks the signature before anything is believed; None: nobody looks at it
    :param echo: the signature that was sent
    :raises ConfigurationError: this is no G2P Connect answer at all, or not signed as it must be
    :raises RefusalError: the registry declined, by status, reason code or error list
    :raises TemporaryError: the registry took the request but has no answer yet
    """
    _refuse_error_list(document)
    _refuse_plain_graphql(document)
    _check(document, "search_response")
    if verifier:
        verifier.check(document, echo)
    _refuse_status(document.get("header") or {})
    _refuse_message_error(document["message"])
    items = document["message"].get("search_response") or []
    if not items:
        raise RefusalError("The registry answered without a search response.")
    _refuse_status(items[0])
    return SearchResult(_records_of(items[0]), _moment(items[0].get("timestamp")))


def _request_header(now: str, sender_id: str, receiver_id: str) -> dict:
    return {
        "version": "1.0.0",
        "message_id": str(uuid4()),
        "message_ts": now,
        "action": "search",
        "sender_id": sender_id,
        "sender_uri": "",
        "receiver_id": receiver_id,
        "total_count": 1,
        "is_msg_encrypted": False,
        "meta": {},
    }


def _search_item(query: str, now: str, is_group: bool) -> dict:
    return {
        "reference_id": str(uuid4()),
        "timestamp": now,
        "locale": "en",
        "search_criteria": {
            "version": "1.0.0",
            "reg_type": GROUP_TYPE if is_group else INDIVIDUAL_TYPE,
            "reg_sub_type": "",
            "query_type": "graphql",
            "query": query,
        },
    }


@cache
def _validator(name: str) -> Draft202012Validator:
    text = (Path(__file__).parent / "schemas" / f"{name}.json").read_text()
    return Draft202012Validator(
        json.loads(text), format_checker=Draft202012Validator.FORMAT_CHECKER
    )


def _check(document: object, schema: str) -> None:
    error = best_match(_validator(schema).iter_errors(document))
    if error is not None:
        raise ConfigurationError(
            f"The {schema.replace('_', ' ')} breaks the G2P Connect envelope: {_violation(error)}."
        )


def _violation(error: ValidationError) -> str:
    if error.validator == "required":
        missing = next(name for name in error.validator_value if name not in error.instance)
        return f"{error.json_path}.{missing} is missing"
    return f"{error.json_path} does not meet rule '{error.validator}'"


def _refuse_error_list(document: object) -> None:
    """The standard's ``{"errors": [{"code", "message"}]}``, also with HTTP 200."""
    errors = document.get("errors") if isinstance(document, dict) else None
    if isinstance(errors, list) and errors:
        first = errors[0] if isinstance(errors[0], dict) else {}
        raise RefusalError(_reason(first.get("code"), first.get("message")))


def _refuse_plain_graphql(document: object) -> None:
    if isinstance(document, dict) and "data" in document and "message" not in document:
        raise ConfigurationError(
            "The answer is plain GraphQL, not G2P Connect; choose the other protocol."
        )


def _refuse_message_error(message: dict) -> None:
    if message.get("ack_status") in ("NACK", "ERR") or message.get("error"):
        error = message.get("error") or {}
        raise RefusalError(_reason(error.get("code"), error.get("message")))


def _refuse_status(part: dict) -> None:
    status = part.get("status")
    if status == "rjct":
        reason = _reason(part.get("status_reason_code"), part.get("status_reason_message"))
        raise RefusalError(reason)
    if status in ("rcvd", "pdng"):
        raise TemporaryError("The registry accepted the search but has not answered it yet.")


def _reason(code: object, message: object) -> str:
    words = " – ".join(filter(None, map(quoted, (code, message)))) or "no reason given"
    return closed(f"The registry refused the search: {words}")


def _records_of(item: dict) -> dict | list:
    records = (item.get("data") or {}).get("reg_records")
    if records is None:
        raise RefusalError("The registry reported success but sent no records (data is empty).")
    return records


def _moment(text: str | None) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text or "")
        return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
