"""The fault dials of the Social Registry."""

from operator import eq

from tests.servers.fault_dials import NUMBER, Panel, Sort

from .lies import check_filter
from .schema import altered

SEARCH, TOKEN = "search", "token"

FLAG = Sort(SEARCH, True, bool)

SORTS = {
    "require": Sort(SEARCH, "header.sender_id", str),
    "unsigned": FLAG,
    "signed_at": Sort(SEARCH, 0, int),
    "tamper": Sort(SEARCH, ["succ", "rjct"], list),
    "latency": Sort(SEARCH, 1.0, NUMBER),
    "reset": FLAG,
    "html": Sort(SEARCH, 404, int),
    "http_429": Sort(SEARCH, 1, (int, str)),
    "http_500": Sort(SEARCH, 500, int),
    "http_401": FLAG,
    "token_uses": Sort(SEARCH, 1, int),
    "repeat_page": FLAG,
    "ignore_limit": FLAG,
    "ignore_order": FLAG,
    "most_rows": Sort(SEARCH, 100, int),
    "wrong_total": Sort(SEARCH, 999, int),
    "real_total": FLAG,
    "filter": Sort(SEARCH, "updates", str, check_filter),
    "clock": Sort(SEARCH, 3600, (int, float, str)),
    "no_introspection": FLAG,
    "schema": Sort(SEARCH, {"Partner.birthPlace": None}, dict, altered),
    "null_records": FLAG,
    "list_records": FLAG,
    "null_data": FLAG,
    "rjct": Sort(SEARCH, "item", (str, dict)),
    "errors": Sort(SEARCH, "err.service.unavailable", str),
    "content_type": Sort(SEARCH, "text/plain", str),
    "cut_body": Sort(SEARCH, 0.5, NUMBER),
    "token_slow": Sort(TOKEN, 1.0, NUMBER),
    "token_html": Sort(TOKEN, 503, int),
    "token_401": Sort(TOKEN, True, bool),
    "token_missing": Sort(TOKEN, True, bool),
    "token_type": Sort(TOKEN, "bearer", str),
    "token_expires": Sort(TOKEN, 1, int),
}
# `page` counts from 0.
PANEL = Panel(SORTS, {"page": eq, "offset": eq})
