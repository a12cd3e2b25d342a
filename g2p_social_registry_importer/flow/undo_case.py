"""One registrant a run wrote, with all that the run changed of it."""

from dataclasses import dataclass
from typing import Any

from ..meaning.changes import Changes, merged
from ..meaning.problems import Problem


@dataclass(eq=False)
class Case:
    """A registrant that may be set back.

    :param partner: ``res.partner`` record
    :param images: its before-images of the run
    :param is_created: the run created it, and ``changes`` are empty
    :param problem: why it is left as it is
    """

    partner: Any
    images: Any
    is_created: bool
    changes: Changes
    problem: Problem | None = None


def cases_of(images) -> list[Case]:
    """The registrants of these images, in their order.

    :param images: ``g2p.social.registry.import.before.image`` records, newest first
    """
    images.fetch(["before", "after"])
    return [_case(partner, own) for partner, own in images.grouped("registrant_id").items()]


def _case(partner, images) -> Case:
    if any(images.mapped("is_created")):
        return Case(partner, images, True, Changes())
    oldest_first = (Changes(i.before or {}, i.after or {}) for i in reversed(images))
    return Case(partner, images, False, merged(oldest_first))
