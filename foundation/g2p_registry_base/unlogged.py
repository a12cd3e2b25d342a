"""Keeping refused statements out of the log: Odoo writes them there with all their values."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_here = threading.local()


def _may_be_logged(_record: logging.LogRecord) -> bool:
    return not getattr(_here, "is_quiet", False)


# Stays for good: one that came and went could be skipped by a thread that is logging just then.
logging.getLogger("odoo.sql_db").addFilter(_may_be_logged)


@contextmanager
def refused_statements_unlogged() -> Iterator[None]:
    """Have nothing logged about statements of this thread; others of the server are heard."""
    before = getattr(_here, "is_quiet", False)
    _here.is_quiet = True
    try:
        yield
    finally:
        _here.is_quiet = before
