"""Is what a run brings in the same when its job workers are killed?

Imports a population into a new database in peace. Then imports it into another one, kills the
worker of a job at random moments (SIGKILL), at one of them all processes for jobs, and compares:
the final state, the balance, and a hash over registrants, IDs, phones and memberships.
"""

import argparse
import os
import sys

from benchmarks.importing.scenes import PEOPLE_PER_HOUSEHOLD
from devkit import balance_sheet, postgres
from devkit.failure import Failure
from devkit.progress import say, step
from tests.faults import survival


def main() -> None:
    """Import twice, and print what came out; exit code 0 only if it is the same."""
    trial = read_arguments()
    say(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start; 2 job workers")
    try:
        with postgres.running() as server:
            peaceful, ending = both(server, trial)
    except Failure as failure:
        sys.exit(str(failure))
    say("\n".join([*table(peaceful, ending), *accidents(ending)]))
    is_same = peaceful.content == ending.content and balance_sheet.is_good(ending.sheet)
    sys.exit(0 if is_same else 1)


def both(server: postgres.Server, trial: survival.Trial) -> list[survival.Ending]:
    """How the import ended in peace, and under fire. Raises Failure."""
    name = f"bench_kill_{os.getpid()}"
    with step(f"{trial.households:,} households in peace"):
        peaceful = survival.in_peace(server, f"{name}_peace", trial)
    with step(f"{trial.households:,} households, {trial.kills} kills"):
        return [peaceful, survival.under_fire(server, f"{name}_fire", trial)]


def table(peaceful: survival.Ending, ending: survival.Ending) -> list[str]:
    """Both imports, line by line."""
    head = f"\n{'':10} {'people':>9} {'kills':>5} {'seconds':>8}  {'state':10} {'balance':8} hash"
    rows = [_row("in peace", peaceful), _row("killed", ending)]
    same = "equal" if peaceful.content == ending.content else "DIFFERENT"
    return [head, *rows, f"\n  The content is {same}: {_counts(ending)}."]


def accidents(ending: survival.Ending) -> list[str]:
    """Each kill: when, whom, and what it was doing."""
    head = f"\n  {'second':>7} {'pages in':>9}  killed"
    rows = [f"  {k.seconds:>7.1f} {k.pages:>9}  {k.victim}, during {k.doing}" for k in ending.kills]
    return [head, *rows]


def _row(name: str, ending: survival.Ending) -> str:
    sheet = ending.sheet
    balance = "yes" if sheet["is_balanced"] else "NO"
    return (
        f"{name:10} {ending.content.people:>9,} {len(ending.kills):>5} {sheet['duration']:>8.1f}  "
        f"{sheet['state']:10} {balance:8} {ending.content.digest}"
    )


def _counts(ending: survival.Ending) -> str:
    found = vars(ending.content) | {"digest": None}
    return ", ".join(f"{number:,} {name}" for name, number in found.items() if number is not None)


def read_arguments() -> survival.Trial:
    parser = argparse.ArgumentParser(prog="./dev bench kill", description=__doc__)
    add = parser.add_argument
    add("--people", type=int, default=10_000, help="how many, in households of five (10,000)")
    add("--kills", type=int, default=10, help="how often a worker is killed (10)")
    add("--page-size", type=int, default=200, help="households per page (200)")
    add("--seed", type=int, default=1, help="the same seed, the same people and moments (1)")
    given = parser.parse_args()
    households = given.people // PEOPLE_PER_HOUSEHOLD
    if given.kills >= households // given.page_size:
        parser.error("there are not as many pages as kills; choose a smaller --page-size")
    return survival.Trial(households, given.page_size, given.kills, given.seed)


if __name__ == "__main__":
    main()
