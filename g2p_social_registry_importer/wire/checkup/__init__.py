"""What a registry really does, found out by about a dozen small questions.

Registries promise a changed-since filter, a total, limit, offset and order, and many do not keep
the promise. Whoever believes them loses people without a word.
"""

from ..client import SocialRegistry
from ..errors import RegistryError
from ..introspection import read_schema
from .changed_since import filter_findings
from .findings import CheckUp, Finding
from .paging import paging_findings
from .questions import Questions
from .row import Row
from .strategy import Advice, Strategy, advise

__all__ = ["Advice", "CheckUp", "Finding", "Strategy", "advise", "check_up"]


def check_up(registry: SocialRegistry, *, is_group: bool) -> CheckUp:
    """Find out what a registry does. Reads only, and keeps nothing about anybody.

    :param is_group: ask about households, else about individuals
    :raises ConfigurationError, TemporaryError: it cannot be asked at all; a question it refuses
        only leaves a finding unknown
    """
    questions = Questions(registry, is_group=is_group)
    first = questions.rows() or []
    return CheckUp(
        **_findings(questions, first, is_group=is_group),
        shows_clock=Finding.of(questions.clock.moves),
        clock_skew=questions.clock.skew,
        schema=_schema(registry, is_group),
        refusal=questions.refusal,
    )


def _findings(questions: Questions, first: list[Row], *, is_group: bool) -> dict[str, Finding]:
    """Those that can be had; where there is nobody, or no answer, nothing can be found out."""
    if not first:
        return {}
    return paging_findings(questions, first) | filter_findings(questions, first, is_group=is_group)


def _schema(registry: SocialRegistry, is_group: bool) -> str | None:
    """Some registries answer introspection as if it were an attack; that is their right."""
    try:
        return read_schema(registry, is_group=is_group)
    except RegistryError:
        return None
