"""The balance sheet of a run, as ./dev demo prints it."""

from typing import Any

OUTCOMES = ("created", "updated", "unchanged", "skipped", "conflict", "failed")
MEMBERS = ("member_created", "member_updated", "member_unchanged", "member_ended")
COUNTS = [f"{name}_count" for name in ("received", *OUTCOMES, *MEMBERS)]
FIELDS = [
    *COUNTS,
    "state",
    "state_text",
    "is_balanced",
    "page_count",
    "imported_page_count",
    "duration",
]


def text(run: dict[str, Any]) -> str:
    """The sheet in lines. `run` holds the fields named in `FIELDS`."""
    lines = [f"\n  {'received':<12}{run['received_count']:>9,}"]
    lines += [f"  {name:<12}{run[f'{name}_count']:>9,}" for name in OUTCOMES]
    balance = " + ".join(OUTCOMES)
    lines.append(f"  received {'=' if run['is_balanced'] else 'is NOT'} {balance}\n")
    lines += [_members(run), f"  {run['page_count']} pages, {_speed(run)}"]
    return "\n".join([*lines, f"  {run['state']}: {run['state_text']}"])


def is_good(run: dict[str, Any]) -> bool:
    """Whether everything the registry sent is in, and the numbers add up."""
    counted = sum(run[f"{name}_count"] for name in OUTCOMES)
    return run["state"] == "done" and run["is_balanced"] and run["received_count"] == counted


def people(run: dict[str, Any]) -> int:
    """How many persons came in, as members of households or by themselves."""
    members = [run[f"{name}_count"] for name in MEMBERS[:3]]
    return sum(members) or run["received_count"]


def _members(run: dict[str, Any]) -> str:
    numbers = [f"{run[f'{name}_count']:,} {name.partition('_')[2]}" for name in MEMBERS]
    return f"  members: {', '.join(numbers)}"


def _speed(run: dict[str, Any]) -> str:
    seconds = max(run["duration"], 0.1)
    rate = f"{people(run) / seconds:,.0f} people per second"
    return f"{people(run):,} people in {seconds:,.1f} s: {rate}"
