"""The keys under which deleted VIDs are remembered: where they are kept, how they are written."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from odoo.exceptions import UserError

from odoo.addons.g2p_secrets import places

#: Where the keys may be configured, the first one found counts.
CONFIGURED = (
    places.own_key(places.ENVIRONMENT, "G2P_MTS_VID_KEYS"),
    places.own_key(places.CONFIGURATION, "g2p_mts_vid_keys"),
)
#: The key that is generated at installation, and the parameter that keeps it.
GENERATED, PARAMETER = "database", "g2p_mts.vid_key"
#: A name, a colon and a secret that nobody guesses.
_KEY = re.compile(r"([A-Za-z0-9_.-]{1,32}):(\S{32,})")


class KeysError(ValueError):
    """The keys that are configured cannot be read. Says nothing of what they are."""


class UnreadableKeys(UserError):
    """The same in words, for whoever looks after the server. No fault of anybody's VID."""


@dataclass(frozen=True)
class Keys:
    """Keys to hash with, never shown.

    :param secrets: name → secret; the first one is used for what is deleted from now on
    :param place: where that one comes from
    """

    secrets: Mapping[str, bytes]
    place: str

    @property
    def current(self) -> str:
        """The name of the key in use."""
        return next(iter(self.secrets))


def read_keys(generated: str, configured=CONFIGURED) -> Keys:
    """All keys there are: those that are configured, then the one kept in the database.

    :param generated: the secret kept in the database; empty if there is none
    :param configured: where else they may be, as (place, name), reserved for them
    :raises KeysError: what is configured is not ``name:secret,name:secret``, or there is no key
    """
    known = {GENERATED: generated.encode()} if generated else {}
    for place, name in configured:
        if text := places.read_own_key(place, name):
            return Keys({**parse(text), **known}, place)
    if not known:
        raise KeysError("There is no key.")
    return Keys(known, GENERATED)


def parse(text: str) -> dict[str, bytes]:
    """Name → secret, in the order they are written.

    :param text: ``name:secret,name:secret``, secrets of at least 32 characters
    :raises KeysError: it is written otherwise, or a name stands there twice
    """
    found = [_KEY.fullmatch(part.strip()) for part in text.split(",")]
    names = [match[1] for match in found if match]
    if len(names) < len(found) or len({*names, GENERATED}) <= len(names):
        raise KeysError("Keys are written name:secret,name:secret, each name once.")
    return {match[1]: match[2].encode() for match in found}
