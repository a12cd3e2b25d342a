"""All other models: ours and dialogues are masked, those of other addons are looked at."""

import logging
from collections import Counter
from collections.abc import Iterator, Mapping

from odoo.tools import SQL

from .columns import Columns
from .sweep import Sweep

_logger = logging.getLogger(__name__)

DIALOGUE, OURS, LEFT = "dialogue", "other_record", "left_elsewhere"
_OUR_ADDONS = ("g2p_", "spp_", "mts_")
#: Odoo's own book-keeping of what it is made of, which nobody types a VID into; and long tables of
#: ours that hold nothing but hashes and links.
_SKIPPED = ("ir.",)
_HASHES = {
    "g2p.mts.vid.gone",
    "g2p.mts.vid.deletion.line",
    "g2p.social.registry.imported.registrants",
}


class Rest:
    """Whatever is not listed as a place of its own: one statement to look at all of it.

    What other addons mean by their texts nobody knows here: a VID that is found there is counted,
    the log says in which table, and a person has to look.

    :param listed: names of the models that are
    """

    def __init__(self, listed: frozenset[str]):
        self._listed = listed

    def __call__(self, sweep: Sweep) -> Mapping[str, int]:
        """Mask, or count, and tell in how many rows."""
        places = list(self._places(sweep)) if sweep.words else []
        found: Counter[str] = Counter()
        for index in _holding(sweep, places):
            found[places[index].key] += _number(sweep, places[index])
        return found

    def _places(self, sweep: Sweep) -> Iterator[Columns]:
        seen = self._listed | _HASHES
        for name, model in sorted(sweep.env.registry.items()):
            is_table = model._auto and not model._abstract
            if is_table and name not in seen and not name.startswith(_SKIPPED):
                place = Columns(_key(model), name)
                if place.kinds(sweep):
                    yield place


def _key(model) -> str:
    if model._transient:
        return DIALOGUE
    return OURS if (model._original_module or "").startswith(_OUR_ADDONS) else LEFT


def _holding(sweep: Sweep, places: list[Columns]) -> list[int]:
    """Indices of the places where anything looks like a VID; there are hundreds, mostly short.

    The list of what to look for would make the statement longer than the tables.
    """
    looks = [
        SQL("SELECT %s WHERE EXISTS (%s)", index, place.alike(sweep))
        for index, place in enumerate(places)
    ]
    return [row[0] for row in sweep.rows(SQL(" UNION ALL ").join(looks))] if looks else []


def _number(sweep: Sweep, place: Columns) -> int:
    if place.key != LEFT:
        return len(place.mask(sweep))
    number = len(place.masked(sweep))
    if number:
        _logger.warning("%s rows of %s hold a deleted VID and were left.", number, place.model)
    return number
