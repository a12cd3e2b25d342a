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


def is_allowed(place, key):
    """Whether a secret may be called ``key`` in ``place``."""
    return bool(NAMES[place].fullmatch(key or ""))


def read(place, key):
    """Return what is kept there, without outer blanks; empty when there is nothing.

    :param key: an allowed name; anything else gives an empty text
    """
    if not is_allowed(place, key):
        return ""
    value = os.environ.get(key) if place == ENVIRONMENT else config.get(key)
    return str(value or "").strip()
