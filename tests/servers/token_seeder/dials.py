"""The fault dials of the token seeder."""

import re
from typing import Any

from tests.servers.fault_dials import NUMBER, Panel, Sort

SUBMIT, STATUS, FILE, QUEUE, RECORD, DELIVERY, CALL, SYNC = (
    "submit",
    "status",
    "file",
    "queue",
    "record",
    "delivery",
    "call",
    "sync",
)
DOWNLOAD_ERRORS = (
    "disk_permission_error",
    "disk_space_error",
    "unknown_io_error",
    "unknown_exception",
)


def _check_download_error(name: str) -> None:
    if name not in DOWNLOAD_ERRORS:
        raise ValueError(f"no download error {name!r}; there are {', '.join(DOWNLOAD_ERRORS)}")


def _hindrances(scope: str) -> dict[str, Sort]:
    return {
        f"{scope}_slow": Sort(scope, 1.0, NUMBER),
        f"{scope}_reset": Sort(scope, True, bool),
        f"{scope}_500": Sort(scope, 500, int),
        f"{scope}_html": Sort(scope, 502, int),
    }


SORTS = {
    **_hindrances(SUBMIT),
    **_hindrances(STATUS),
    **_hindrances(FILE),
    "submit_lost": Sort(SUBMIT, True, bool),
    "stuck": Sort(QUEUE, True, bool),
    "ida_error": Sort(RECORD, "IDA-MLC-018", (str, list)),
    "aut_bas_001": Sort(RECORD, True, bool),
    "auth_exception": Sort(RECORD, True, bool),
    "auth_without_error": Sort(RECORD, True, bool),
    "file_late": Sort(DELIVERY, 0.5, NUMBER),
    "download_error": Sort(DELIVERY, "disk_space_error", str, _check_download_error),
    "callback_lost": Sort(CALL, True, bool),
    "callback_cut": Sort(CALL, True, bool),
    "callback_twice": Sort(CALL, True, bool),
    "callback_slow": Sort(CALL, 1.0, NUMBER),
    "sync_errors": Sort(SYNC, True, bool),
}


def _matches(pattern: str, vids: Any) -> bool:
    """Whether a VID fits, or one of several."""
    several = vids if isinstance(vids, list) else [vids]
    return any(re.search(pattern, vid or "") for vid in several)


def _is_above(limit: int, number: int) -> bool:
    return number > limit


PANEL = Panel(SORTS, {"vid": _matches, "above": _is_above})


def facts_of_submission(body: Any) -> dict[str, Any]:
    """What a submission is about: its VIDs, and how many records it has.

    A body that is not of the form gives nobody and none.
    """
    wish = body.get("request") if isinstance(body, dict) else None
    records = wish.get("authdata") if isinstance(wish, dict) else None
    records = records if isinstance(records, list) else []
    vids = [record.get("vid") for record in records if isinstance(record, dict)]
    return {"vid": [vid for vid in vids if isinstance(vid, str)], "above": len(records)}
