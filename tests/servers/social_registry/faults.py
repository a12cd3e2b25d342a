"""What each dial does to a call: before the work, to its result, and to the finished response."""

import json
import time
from datetime import datetime, timedelta
from typing import Any

from werkzeug import Response
from werkzeug.exceptions import NotFound

from tests.servers.answers import Refusal, dump, json_response

from .oauth import refuse

Faults = dict[str, Any]

PROXY_PAGE = "<html><head><title>{0}</title></head><body><h1>{0} Sign in</h1></body></html>"


def hinder_search(faults: Faults) -> Response | None:
    """Wait, break the line, or return the answer of somebody in front of the application.

    Raises ConnectionResetError or Refusal.
    """
    time.sleep(faults.get("latency", 0))
    if "reset" in faults:
        raise ConnectionResetError("dial")
    if "http_429" in faults:
        raise Refusal(429, "Too Many Requests", {"Retry-After": str(faults["http_429"])})
    if "http_500" in faults:
        raise Refusal(faults["http_500"], "Internal Server Error")
    if "html" in faults:
        # Odoo answers a route that is not mounted with werkzeug's own page.
        page = NotFound().get_response()
        page.status_code = faults["html"]
        return page
    if "http_401" in faults:
        raise Refusal(401, "Invalid Access Token")
    return None


def bend_records(text: str, faults: Faults) -> str:
    """Return the JSON text of one item's records, bent out of shape if a dial says so."""
    if not faults.keys() & {"null_records", "list_records"}:
        return text
    # Only getRegistrants gives a list, whatever alias it goes by.
    records = json.loads(text)
    lists = {key: value for key, value in records.items() if isinstance(value, list)}
    if "list_records" in faults:
        return dump([row for rows in lists.values() for row in rows])
    return dump(records | dict.fromkeys(lists))


def bend_answer(body: dict[str, Any], faults: Faults) -> dict[str, Any]:
    """Return the answer envelope with the rejections and gaps that dials ask for."""
    if "errors" in faults:
        return {"errors": [{"code": faults["errors"], "message": "Service unavailable"}]}
    if "clock" in faults:
        for item in body["message"]["search_response"]:
            item["timestamp"] = bent_clock(item["timestamp"], faults["clock"])
    if "null_data" in faults:
        for item in body["message"]["search_response"]:
            item["data"] = None
    if "rjct" in faults:
        reject(body, faults["rjct"])
    return body


def bent_clock(now: str, wish: float | str) -> str | None:
    """Return the time of an answer: so many seconds ahead, none, or another text as it is."""
    if isinstance(wish, str):
        return wish or None
    moment = datetime.fromisoformat(now) + timedelta(seconds=wish)
    return moment.isoformat().replace("+00:00", "Z")


def reject(body: dict[str, Any], wish: str | dict[str, str]) -> None:
    """Mark the header or the items as rejected; `wish` has level, status, code and message."""
    wish = {"level": wish} if isinstance(wish, str) else wish
    level = wish.get("level", "item")
    reason = {
        "status": wish.get("status", "rjct"),
        "status_reason_code": wish.get("code", REASONS[level]),
        "status_reason_message": wish.get("message", "Rejected by the sample registry"),
    }
    if level == "header":
        body["header"].update(reason)
        body["message"]["search_response"] = []
    for item in body["message"]["search_response"]:
        item.update(reason, data=None)


REASONS = {"header": "rjct.message_id.duplicate", "item": "rjct.search_criteria.invalid"}


def spoil(response: Response, faults: Faults) -> Response:
    """Return the finished response with a wrong type, or announcing more than it sends."""
    if "content_type" in faults:
        response.headers["Content-Type"] = faults["content_type"]
    if "cut_body" in faults:
        whole = response.get_data()
        response.set_data(whole[: int(len(whole) * faults["cut_body"])])
        response.headers["Content-Length"] = str(len(whole))
        response.headers["Connection"] = "close"
    return response


def hinder_token(faults: Faults) -> Response | None:
    """Wait, or return the answer of an identity provider that will not or cannot answer."""
    time.sleep(faults.get("token_slow", 0))
    if "token_html" in faults:
        status = faults["token_html"]
        return Response(PROXY_PAGE.format(status), status, content_type="text/html; charset=utf-8")
    if "token_401" in faults:
        return refuse(401, "invalid_client", "Invalid client or Invalid client credentials")
    return None


def bend_token(response: Response, faults: Faults) -> Response:
    """Return a token answer without token, or with another `token_type`."""
    if response.status_code != 200 or not faults.keys() & {"token_missing", "token_type"}:
        return response
    token = response.get_json()
    if "token_missing" in faults:
        del token["access_token"]
    if "token_type" in faults:
        token["token_type"] = faults["token_type"]
    return json_response(token, headers={"Cache-Control": "no-store"})
