"""People sent to an MTS that restarts, forgets and loses callbacks; and what became of them."""

import random
import time
from dataclasses import dataclass

from tests.faults.token_stage import Person, TokenStage


@dataclass(frozen=True)
class Trial:
    """How many people, and how much trouble.

    :param batch: people per batch at first
    :param floor: people per batch at least
    :param ask_every: seconds after which the operator presses "Ask Now" again
    :param patience: seconds until the next restart, or the end, has to come
    """

    people: int
    restarts: int
    seed: int = 3
    batch: int = 40
    floor: int = 20
    ask_every: float = 1
    patience: float = 120


@dataclass(frozen=True)
class Outcome:
    """What became of everybody, each token recomputed from the VID.

    :param unanswered: how many people have no token
    :param wrong: how many have a token that is not the one of their VID
    :param unexplained: how many have a last line with neither an answer nor a reason
    :param late: how many were sent after they had been answered
    :param sent: how many times somebody was sent
    :param lost: how many requests were lost
    """

    people: int
    unanswered: int
    wrong: int
    unexplained: int
    late: int
    sent: int
    requests: int
    lost: int
    restarts: int
    seconds: float

    @property
    def is_good(self) -> bool:
        return not (self.unanswered or self.wrong or self.unexplained or self.late)


def under_fire(on: TokenStage, trial: Trial) -> Outcome:
    """Send new people while the MTS restarts again and again. Raises Failure if it stands still."""
    on.add_people(trial.people)
    on.write(
        g2p_batch_floor=trial.floor,
        g2p_batch_size=trial.batch,
        g2p_most_open=2,
        g2p_most_attempts=20,
    )
    began = time.monotonic()
    on.press()
    chance = random.Random(trial.seed)  # noqa: S311  it shall be the same at each run
    for number in range(trial.restarts):
        _wait(on, trial, _reached(on, (number + 1) * trial.people // (trial.restarts + 2)))
        on.seeder.set_dials(callback_lost={"value": True, "calls": chance.randint(1, 2)})
        on.seeder.restart(forget=True)
    on.seeder.set_dials()
    _wait(on, trial, lambda: on.status() == "completed")
    return _outcome(on, trial, time.monotonic() - began)


def _wait(on: TokenStage, trial: Trial, come) -> None:
    on.wait_until(come, trial.patience, ask_every=trial.ask_every)


def _reached(on: TokenStage, wanted: int):
    return lambda: on.answered() >= wanted


def _outcome(on: TokenStage, trial: Trial, seconds: float) -> Outcome:
    people, requests = on.people(), on.requests()
    return Outcome(
        people=len(people),
        unanswered=sum(person.token is None for person in people),
        wrong=sum(person.token not in (None, on.right_token(person)) for person in people),
        unexplained=sum(person.states[-1] in (None, "queued", "sent") for person in people),
        late=sum(map(_was_sent_in_vain, people)),
        sent=sum(len(person.states) for person in people),
        requests=len(requests),
        lost=sum(request["state"] == "lost" for request in requests),
        restarts=trial.restarts,
        seconds=seconds,
    )


def _was_sent_in_vain(person: Person) -> bool:
    return any(sent and person.answered and sent > person.answered for sent in person.sent)
