"""What each fault dial of the sample MTS comes to: its requests, its people, and which words."""

from dataclasses import dataclass
from typing import Any

PEOPLE = 3
ONCE = {"calls": 1}
#: Ways in which answers come back: values of the connector.
BROUGHT = {"delivery_type": "callback", "callback_authtype": "none"}
BY_LOGIN = {"delivery_type": "callback", "callback_authtype": "odoo"}
FETCHED = {"delivery_type": "download"}
WAYS = {"brought": BROUGHT, "by login": BY_LOGIN, "fetched": FETCHED}
#: What happens to the MTS beside its dials, once it has a request.
ACCIDENTS = ("restart", "restart, its store kept", "early clean-up", "slow queue", "nobody valid")


@dataclass(frozen=True)
class Row:
    """A dial, set in one way, and what a round of a connector comes to.

    :param dial: of the sample MTS, or one of `ACCIDENTS`
    :param setting: as `set_dials` takes it, by name
    :param way: one of `WAYS`
    :param words: expression to be found among what the connector, its requests and its people say
        while it works or when it has ended
    :param requests: how they ended, in their order
    :param people: in which states they are; those sent again count as they are now
    :param hours: so much later, as far as the request knows, once the words have been read
    :param is_sync: the MTS answers each submission at once, a mode of its own
    """

    dial: str
    setting: dict[str, Any] | None = None
    way: str = "brought"
    words: str = ""
    requests: tuple[str, ...] = ("answered",)
    people: frozenset[str] = frozenset({"answered"})
    hours: int = 0
    is_sync: bool = False

    def __str__(self) -> str:
        value = (self.setting or {}).get("value", True)
        name = self.dial if value is True else f"{self.dial}={value}"
        return f"{name} ({self.way})"


def once(dial: str, value: Any = True, **more: Any) -> Row:
    """Trouble that passes."""
    return Row(dial, {"value": value, **ONCE}, **more)


def again(dial: str, value: Any = True, **more: Any) -> Row:
    """Answers that do not come: whoever has none is sent with another request."""
    return once(dial, value, requests=("lost", "answered"), **more)


def refused(dial: str, value: Any, words: str, **more: Any) -> Row:
    """The MTS has no token for these people, and says why."""
    return Row(dial, value and {"value": value}, words=words, people=frozenset({"refused"}), **more)


def stopped(dial: str, value: Any, words: str, **more: Any) -> Row:
    """The MTS took nobody, and somebody has to mend a setting; the ledger says who was sent."""
    ended = {"requests": ("failed",), "people": frozenset({"refused"})}
    return Row(dial, {"value": value}, words=words, **ended, **more)


_CUT = "cannot be reached, or the connection was cut"
_TROUBLE = r"The MTS is in trouble \(HTTP %s\)"
_NO_WAY = r"No MTS answers at this address \(404\); check the URL, and the path in it"

ROWS = [
    once("submit_slow", 1.0),
    once("submit_reset", words=_CUT),
    once("submit_500", 503, words=_TROUBLE % 503),
    stopped("submit_500", 400, r"The MTS refused the submission \(HTTP 400\)"),
    once("submit_html", 502, words=_TROUBLE % 502),
    stopped("submit_html", 404, _NO_WAY),
    once("submit_lost", words=_CUT),
    Row(
        "submit_500",
        {"value": 500, "vid": "1$"},
        words=r"fails even on this person alone.* \(MTS-FAILS\)",
        requests=("lost", "answered", "lost", "lost", "answered"),
        people=frozenset({"answered", "refused"}),
    ),
    Row(
        "submit_html",
        {"value": 504, "above": 2},
        words=_TROUBLE % 504,
        requests=("lost", "answered", "answered"),
    ),
    once("status_slow", 1.0, way="fetched"),
    once("status_reset", way="fetched", words=_CUT),
    once("status_500", 500, way="fetched", words=_TROUBLE % 500),
    once("status_html", 502, way="fetched", words=_TROUBLE % 502),
    once("file_slow", 1.0, way="fetched"),
    once("file_reset", way="fetched", words=_CUT),
    once("file_500", 500, way="fetched", words=_TROUBLE % 500),
    once("file_html", 404, way="fetched", words=_NO_WAY),
    once("file_late", 0.7, way="fetched", words=r"in trouble|not complete yet"),
    again(
        "download_error",
        "disk_space_error",
        way="fetched",
        words=r"could not deliver the answers \(error_creating_download_disk_space_error\)",
    ),
    again("stuck", words="No answer within the time set on the connector", hours=7),
    refused("ida_error", "IDA-MLC-018", r"not find the VID, or not yet. .* \(IDA-MLC-018\)"),
    refused("ida_error", "IDA-MLC-029", r"mistyped: its checksum is wrong.* \(IDA-MLC-029\)"),
    refused(
        "ida_error",
        ["IDA-MLC-009", "IDA-DEA-001"],
        r"several reasons against this person's data. \(ATS-REQ-103\)",
    ),
    refused("aut_bas_001", True, r"did not answer the MTS. It is tried again. \(AUT_BAS_001\)"),
    refused("auth_exception", True, r"error of its own. It is tried again. \(ATS-REQ-100\)"),
    refused("auth_without_error", True, r"error of its own. It is tried again. \(ATS-REQ-100\)"),
    again("callback_lost", words="is done, but not all answers have arrived"),
    again("callback_lost", way="by login", words="is done, but not all answers have arrived"),
    again(
        "callback_cut",
        way="by login",
        # Whoever asks before the MTS has noticed that the call was cut is told the latter.
        words=r"could not deliver the answers \(error_making_callback_request\)|not all answers",
    ),
    once("callback_twice"),
    once("callback_twice", way="by login"),
    once("callback_slow", 1.0),
    stopped("sync_errors", True, r"The MTS refused the submission \(ATS-REQ-102\)", is_sync=True),
    Row("restart", words="does not know the request any more", requests=("lost", "answered")),
    Row(
        "restart, its store kept",
        words="No answer within the time set on the connector",
        requests=("lost", "answered"),
        hours=7,
    ),
    Row(
        "early clean-up",
        way="fetched",
        words="does not know the request any more",
        requests=("lost", "answered"),
    ),
    Row("slow queue", way="fetched", words=r"has not finished yet \(processing\)"),
    refused("nobody valid", None, r"There is no address. .* \(ATS-REQ-015\)"),
]
