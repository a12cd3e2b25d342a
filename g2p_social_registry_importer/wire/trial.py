"""Trying out a connection: one row, of which nothing about a person is asked."""

import time

from .client import SocialRegistry
from .page import Page
from .query import ROOT_FIELD, RegistryQuery

_QUERY = RegistryQuery(f"{{ {ROOT_FIELD} {{ __typename }} }}")


def ask_for_one(registry: SocialRegistry, *, is_group: bool) -> tuple[int, float]:
    """Ask for a single registrant.

    :returns: how many came (none, if the registry is empty), and the seconds it took
    :raises ConfigurationError, TemporaryError, RefusalError: see :mod:`errors`
    """
    started = time.monotonic()
    answer = registry.fetch(_QUERY, Page(is_group=is_group, limit=1))
    return len(answer.records), time.monotonic() - started
