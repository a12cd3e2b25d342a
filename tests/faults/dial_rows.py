"""What each fault dial of the sample registry comes to: how a run ends, and in which words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

HOUSEHOLDS = 20
PAGE_SIZE = 8
#: Where the second of three pages begins: with the last row of the first one.
SECOND = PAGE_SIZE - 1
#: One call for that page is hit: the trouble passes.
ONCE = {"offset": SECOND, "calls": 1}
DONE = "the numbers add up"


@dataclass(frozen=True)
class Row:
    """A dial, set in one way, and what a run of an import comes to.

    :param setting: as `set_dials` takes it
    :param words: expression to be found among the words at `place`
    :param place: which words are looked at, see `reading.words`; `meanwhile` are those of the run
        before it ended
    :param at_source: values of the data source, other than usual
    :param knows_key: the data source has the registry's public key
    """

    dial: str
    setting: Any
    state: str
    words: str = DONE
    place: str = "result"
    at_source: Mapping[str, Any] = field(default_factory=dict)
    knows_key: bool = False

    def __str__(self) -> str:
        setting = self.setting if isinstance(self.setting, dict) else {"value": self.setting}
        return " ".join([self.dial, *(f"{name}={value}" for name, value in setting.items())])


def passing(dial: str, setting: Any, words: str, **more: Any) -> Row:
    """Trouble that costs some time; meanwhile the run says what is wrong, and until when."""
    return Row(dial, setting, "done", rf"{words}.* tried again at ..:..:..", "meanwhile", **more)


def final(dial: str, setting: Any, words: str, **more: Any) -> Row:
    """Trouble that stays until somebody does what the words say."""
    return Row(dial, setting, "failed", words, **more)


def seen(dial: str, setting: Any, words: str) -> Row:
    """A registry that is not as it should be: everything comes in, and the check-up tells."""
    return Row(dial, setting, "done", words, "check-up")


ROWS = [
    final("require", "header.sender_id", r"\(422\): .*header.sender_id.* Ask those who run it"),
    Row("unsigned", True, "done"),
    final("unsigned", True, "not signed. Ask the registry to sign, or take", knows_key=True),
    final("signed_at", 1_000_000_000, "not valid now; compare the clocks", knows_key=True),
    final("tamper", True, "does not fit its content: .* the public key is not", knows_key=True),
    Row("latency", 0.1, "done"),
    passing(
        "latency", {"value": 2, **ONCE}, "did not answer within 1 seconds", at_source={"timeout": 1}
    ),
    passing("reset", ONCE, "The connection to 127.0.0.1 failed or was cut"),
    passing("http_429", {"value": 2, **ONCE}, r"busy or down \(429\)"),
    passing(
        "http_429", {"value": "Wed, 21 Oct 2015 07:28:00 GMT", **ONCE}, r"busy or down \(429\)"
    ),
    passing("http_500", {"value": 503, **ONCE, "calls": 2}, r"busy or down \(503\)"),
    final(
        "http_500",
        {"value": 500, "offset": SECOND},
        r"busy or down \(500\).* tried 8 times\. Retry when it works again; .* ask those who run",
    ),
    final(
        "http_500", 403, r"declined the call \(403\).* Ask those who run it what this client may"
    ),
    final("http_500", 422, r"request invalid \(422\).* Ask those who run it what it expects"),
    final("http_500", 404, r"refused the query \(404\).* Correct the query and fetch again"),
    final("html", 404, r"Nothing is served at this path \(404\); check the URL and the path"),
    final("html", 200, "answers text/html instead of JSON; check the URL and the path"),
    final("html", 302, r"declined the call \(302\)\. Ask those who run it"),
    passing("html", {"value": 502, **ONCE}, r"busy or down \(502\)"),
    Row("http_401", {"after": 11, "calls": 1}, "done"),
    final("http_401", True, r"does not accept our token \(401\).* check scope and audience"),
    Row("token_uses", 2, "done"),
    final("repeat_page", True, "does not obey the offset.* Ask those who run the registry"),
    seen("ignore_limit", True, "sends more rows than it is asked for"),
    seen("ignore_order", True, "ignores the order, so that pages may overlap"),
    seen("most_rows", 5, "Each run fetches who is new"),
    seen("wrong_total", True, "The total it shows is not the number of all rows"),
    seen("real_total", True, "Each run fetches who is new, and every few days .* everybody"),
    seen("filter", "updates", "the changed-since filter shows who is new"),
    seen("filter", "members", "the changed-since filter shows who is new"),
    seen("filter", "nobody", "Each run fetches everybody: .* hides people who are new"),
    seen("filter", "ignored", "Each run fetches everybody: .* ignores the changed-since filter"),
    seen("clock", 3600, "Its clock is 60 minutes ahead of ours"),
    seen("clock", -7200, "Its clock is 2 hours behind ours"),
    seen("clock", "", "Its answers show no clock: let the overlap be longer"),
    seen("clock", "yesterday", "Its answers show no clock: let the overlap be longer"),
    seen("no_introspection", True, "It does not show its schema, so changes .* cannot be noticed"),
    final(
        "schema",
        {"value": {"PartnerBase.birthPlace": None}},
        r"refused the query \(404\): .*birthPlace.* Correct the query and fetch again",
    ),
    final("null_records", True, "holds no list of getRegistrants. Ask those who run the registry"),
    Row("list_records", True, "done"),
    final("null_data", True, "success but sent no records .* Ask those who run the registry"),
    final("rjct", "item", "rjct.search_criteria.invalid – Rejected .* Ask those who run"),
    final("rjct", "header", "rjct.message_id.duplicate – Rejected .* Ask those who run"),
    passing("rjct", {"value": {"status": "pdng"}, **ONCE}, "accepted the search but has not"),
    final("errors", True, "err.service.unavailable – Service unavailable. Ask those who run"),
    Row("content_type", True, "done"),
    passing("cut_body", ONCE, "The answer is (cut|incomplete)|was cut"),
    Row("token_slow", 0.5, "done"),
    passing("token_html", {"value": 503, "calls": 3}, r"token endpoint is busy or down \(503\)"),
    final("token_html", 404, r"token endpoint declined the call \(404\); check its path"),
    final(
        "token_401", True, "Invalid client credentials. Check the client ID and the client secret"
    ),
    final("token_missing", True, "answered without an access token; check its path"),
    Row("token_type", True, "done"),
    Row("token_expires", True, "done"),
]
