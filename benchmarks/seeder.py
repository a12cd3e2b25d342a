"""Does everybody get their token though the MTS restarts and loses callbacks?

Real Odoo with two job workers, a sample MTS, as many people as asked for. The MTS restarts several
times and forgets everything; some of its calls are lost. Afterwards each token is computed anew
from the VID and compared. The test in `tests/faults` does the same with 300 people.
"""

import argparse
import os
import sys

from devkit import postgres
from devkit.failure import Failure
from devkit.progress import say, step
from tests.faults.token_stage import token_stage
from tests.faults.token_trial import Outcome, Trial, under_fire


def main() -> None:
    """Try, and print what came out; exit code 0 only if nobody was left out or sent in vain."""
    trial = read_arguments()
    say(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start; 2 job workers")
    try:
        with (
            postgres.running() as server,
            token_stage(server, f"bench_seeder_{os.getpid()}", pace=0.002) as on,
            step(f"{trial.people:,} people, {trial.restarts} restarts"),
        ):
            outcome = under_fire(on, trial)
    except Failure as failure:
        sys.exit(str(failure))
    say("\n" + "\n".join(lines(outcome)) + "\n")
    sys.exit(0 if outcome.is_good else 1)


def lines(outcome: Outcome) -> list[str]:
    """What came out, for people."""
    facts = {
        "people": outcome.people,
        "without token": outcome.unanswered,
        "with a wrong token": outcome.wrong,
        "without answer or reason": outcome.unexplained,
        "sent after being answered": outcome.late,
        "times somebody was sent": outcome.sent,
        "requests": outcome.requests,
        "requests lost": outcome.lost,
        "restarts of the MTS": outcome.restarts,
        "seconds": round(outcome.seconds),
    }
    return [f"  {name:28}{number:>9,}" for name, number in facts.items()]


def read_arguments() -> Trial:
    parser = argparse.ArgumentParser(prog="./dev bench seeder", description=__doc__)
    add = parser.add_argument
    add("--people", type=int, default=10_000, help="how many (10,000)")
    add("--restarts", type=int, default=5, help="how often the MTS restarts (5)")
    add("--seed", type=int, default=3, help="the same seed, the same lost calls (3)")
    add("--ask-every", type=float, default=5, help='seconds until "Ask Now" is pressed again (5)')
    return Trial(**vars(parser.parse_args()), patience=1200)


if __name__ == "__main__":
    main()
