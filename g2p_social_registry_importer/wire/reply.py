"""What an HTTP answer says besides its status: the other side's words, and when to come back."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import requests

_LONGEST_QUOTE = 300
#: Line breaks, control characters (PostgreSQL stores no NUL) and halves of a character.
_NOT_SHOWN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
#: Seconds; nobody is helped by a job that sleeps for a week because a header says so.
_LONGEST_PAUSE = 86_400.0


def detail_of(response: requests.Response) -> str:
    """The registry's own words from a JSON error body, or an empty text.

    ``detail`` is FastAPI's (OpenG2P), ``errors`` the standard's. FastAPI lists the fields at
    fault; only their places and messages are taken, as ``input`` would quote what was sent.
    """
    return words_of(json_object(response) or {})


def words_of(body: dict) -> str:
    """The same, of a body that is already read."""
    detail = body.get("detail") or body.get("error_description") or body.get("errors")
    if isinstance(detail, list):
        detail = "; ".join(_violation(item) for item in detail if isinstance(item, dict))
    return quoted(detail)


def json_object(response: requests.Response) -> dict | None:
    """The body if it is a JSON object, else None."""
    try:
        body = response.json()
    except (ValueError, RecursionError):
        return None
    return body if isinstance(body, dict) else None


def quoted(words: object) -> str:
    """Words of the other side as one line that can be shown and stored; only of a text."""
    if not isinstance(words, str):
        return ""
    return " ".join(_NOT_SHOWN.sub(" ", words[:_LONGEST_QUOTE]).split())


def closed(words: str) -> str:
    """The words with a full stop, if they do not end a sentence already."""
    return words if words.endswith((".", "!", "?")) else f"{words}."


def pause_of(response: requests.Response) -> float | None:
    """Seconds of ``Retry-After`` (RFC 9110, section 10.2.3), a number or a date; at most a day."""
    value = response.headers.get("Retry-After", "").strip()
    if value.isdecimal():
        return min(float(value), _LONGEST_PAUSE)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    # A date whose zone is "-0000" or missing comes back naive; it is UTC all the same.
    seconds = (moment.replace(tzinfo=moment.tzinfo or UTC) - datetime.now(UTC)).total_seconds()
    return min(max(0.0, seconds), _LONGEST_PAUSE)


def _violation(item: dict) -> str:
    place = item.get("loc") or item.get("code") or []
    steps = place if isinstance(place, list) else [place]
    words = quoted(item.get("msg") or item.get("message")) or "invalid"
    return ": ".join(filter(None, (".".join(map(str, steps)), words)))
