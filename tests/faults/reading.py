"""What an operator reads of a run, on the screens of the run, its import and its source."""

from typing import Any

from devkit import balance_sheet
from tests.faults.stage import IMPORT, RUN, SOURCE, Stage

ISSUE = "g2p.social.registry.import.issue"


def sheet(on: Stage, run: int) -> dict[str, Any]:
    """The balance sheet of a run, see `devkit.balance_sheet`."""
    return on.client.read(RUN, run, balance_sheet.FIELDS)


def now(on: Stage, run: int) -> str:
    """What the run says about itself at this moment."""
    return on.client.read(RUN, run, ["state_text"])["state_text"]


def words(on: Stage, importer: int, run: int) -> dict[str, str]:
    """All that is said about a run that has ended, by the place where it is said."""
    told = on.client.read(RUN, run, ["state_text", "pass_reason", "drift_text"])
    source = on.client.read(IMPORT, importer, ["data_source_id"])["data_source_id"]
    issues = on.client.call(ISSUE, "search_read", [["run_id", "=", run]], ["reason"])
    return {
        "result": told["state_text"],
        "whom it asks for": told["pass_reason"] or "",
        "schema": told["drift_text"] or "",
        "check-up": on.client.read(SOURCE, source, ["checkup_text"])["checkup_text"] or "",
        "issues": " ".join(sorted({issue["reason"] for issue in issues})),
    }
