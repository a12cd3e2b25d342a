"""Where a secret may be kept outside the database. Knows nothing of records."""

import os
import re

from odoo.tools import config

ENVIRONMENT, CONFIGURATION = "environment", "configuration"
#: Only names made for the purpose: whoever may connect a registry of their own could otherwise
#: have any variable or setting of the server sent to it.
NAMES = {
    ENVIRONMENT: re.compile(r"G2P_[A-Z0-9_]+"),
    CONFIGURATION: re.compile(r"g2p_[a-z0-9_]+"),
}
#: Names of the same kind under which the server keeps keys of its own: they never leave it.
_OWN_KEYS = set()


def is_allowed(place, key):
    """Whether a secret that is handed to somebody may be called ``key`` in ``place``."""
    return (place, key) not in _OWN_KEYS and bool(NAMES[place].fullmatch(key or ""))


def read(place, key):
    """Return what is kept there, without outer blanks; empty when there is nothing.

    :param key: an allowed name; anything else gives an empty text
    """
    return _read(place, key) if is_allowed(place, key) else ""


def own_key(place, key):
    """Reserve a name for a key of the server, which no secret of a record may be called.

    :returns: (place, key), for ``read_own_key``
    """
    _OWN_KEYS.add((place, key))
    return place, key


def read_own_key(place, key):
    """The same as ``read``, for code that keeps what it reads to itself.

    :param key: a name that was reserved by ``own_key``; anything else gives an empty text
    """
    return _read(place, key) if (place, key) in _OWN_KEYS else ""


def _read(place, key):
    value = os.environ.get(key) if place == ENVIRONMENT else config.get(key)
    return str(value or "").strip()
