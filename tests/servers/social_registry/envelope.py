"""The G2P Connect envelope: what is accepted (pydantic, as in the real server) and the answer."""

import json
from datetime import UTC, datetime
from email.message import Message
from typing import Any
from uuid import uuid4

from pydantic import BaseModel, ValidationError

from tests.servers.answers import Refusal, dump

# Naive local time of the moment the code is loaded, and the same in every answer: so does the
# real server.
STARTED = datetime.now()
RECORDS = uuid4().hex


class Header(BaseModel):
    version: str = "1.0.0"
    message_id: str = ""
    message_ts: datetime = STARTED
    action: str = "search"
    sender_id: str = ""
    sender_uri: str | None = ""
    receiver_id: str | None = ""
    total_count: int
    is_msg_encrypted: bool = False
    meta: dict = {}


class SearchCriteria(BaseModel):
    version: str = "1.0.0"
    reg_type: str = ""
    reg_sub_type: str = ""
    query_type: str = "graphql"
    query: str = ""


class SearchRequest(BaseModel):
    reference_id: str = ""
    timestamp: datetime = STARTED
    locale: str = "en"
    search_criteria: SearchCriteria


class Body(BaseModel):
    transaction_id: str = ""
    search_request: list[SearchRequest]


class Envelope(BaseModel):
    signature: str | None = None
    header: Header
    message: Body


def read(raw: bytes, content_type: str | None, lenient: bool) -> Any:
    """Return the JSON of a request body, or its text when it is not declared as JSON.

    Raises Refusal (422) for malformed JSON. `lenient` takes a missing Content-Type for JSON.
    """
    if not raw:
        return None
    if not declares_json(content_type, lenient):
        return raw.decode("utf-8", "replace")
    try:
        return json.loads(raw)
    except json.JSONDecodeError as error:
        item = {"type": "json_invalid", "loc": ["body", error.pos], "msg": "JSON decode error"}
        raise Refusal(422, [{**item, "input": {}, "ctx": {"error": error.msg}}]) from None


def declares_json(content_type: str | None, lenient: bool) -> bool:
    """Tell whether a Content-Type means JSON: application/json or application/*+json."""
    if not content_type:
        return lenient
    message = Message()
    message["content-type"] = content_type
    kind = message.get_content_subtype()
    return message.get_content_maintype() == "application" and (
        kind == "json" or kind.endswith("+json")
    )


def check(body: Any) -> Envelope:
    """Return the validated envelope. Raises Refusal (422) with pydantic's items."""
    if body is None:
        item = {"type": "missing", "loc": ["body"], "msg": "Field required", "input": None}
        raise Refusal(422, [item])
    try:
        return Envelope.model_validate(body, from_attributes=True)
    except ValidationError as error:
        items = error.errors(include_url=False)
        for item in items:
            item["loc"] = ["body", *item["loc"]]
        raise Refusal(422, items) from None


def ask_for(body: dict[str, Any], place: str | None) -> None:
    """Refuse (422) a request in which a place such as "header.sender_id" is empty."""
    value: Any = body
    for step in place.split(".") if place else ():
        value = value.get(step)
    if place and not value:
        item = {"type": "missing", "loc": ["body", *place.split(".")], "msg": "Field required"}
        raise Refusal(422, [item | {"input": {}}])


def answer(request: Envelope) -> dict[str, Any]:
    """Return the answer to `request` with a mark where the records of each item belong."""
    return {
        "signature": request.signature,
        "header": {
            "version": "1.0.0",
            "message_id": request.header.message_id,
            "message_ts": STARTED.isoformat(),
            "action": "on-search",
            "status": "succ",
            "status_reason_code": "",
            "status_reason_message": "",
            "total_count": 0,
            "completed_count": 0,
            "sender_id": "",
            "receiver_id": "",
            "is_msg_encrypted": False,
            "meta": {},
        },
        "message": {
            "transaction_id": request.message.transaction_id,
            "correlation_id": None,
            "search_response": [_item(item) for item in request.message.search_request],
        },
    }


def _item(item: SearchRequest) -> dict[str, Any]:
    return {
        "reference_id": item.reference_id,
        "timestamp": datetime.now(UTC).isoformat().replace("+00:00", "Z"),
        "status": "succ",
        "status_reason_code": None,
        "status_reason_message": None,
        "data": {
            "version": "1.0.0",
            "reg_type": item.search_criteria.reg_type,
            "reg_sub_type": None,
            "reg_record_type": None,
            "reg_records": RECORDS,
        },
        "locale": "en",
    }


def fill(body: dict[str, Any], records: list[str]) -> str:
    """Return `body` as JSON text, each mark replaced by the JSON text of its records."""
    first, *rest = dump(body).split(dump(RECORDS))
    return first + "".join(text + piece for text, piece in zip(records, rest, strict=False))
