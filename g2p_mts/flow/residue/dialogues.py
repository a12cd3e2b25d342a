"""What people typed into dialogues, which Odoo keeps for an hour or so."""

from collections.abc import Iterator, Mapping

from odoo.tools import SQL

from .columns import Columns
from .sweep import Sweep


def dialogues(sweep: Sweep) -> Mapping[str, int]:
    """Mask VIDs in all transient models: one statement to look, two for each that holds one."""
    places = list(_places(sweep)) if sweep.words else []
    holding = _holding(sweep, places) if places else set()
    return {"dialogue": sum(len(places[i].mask(sweep)) for i in holding)}


def _places(sweep: Sweep) -> Iterator[Columns]:
    for name, model in sorted(sweep.env.registry.items()):
        if model._transient and model._auto and not model._abstract:
            place = Columns("dialogue", name)
            if place.kinds(sweep):
                yield place


def _holding(sweep: Sweep, places: list[Columns]) -> list[int]:
    """Indices of the places with rows that may hold a VID."""
    looks = [
        SQL("SELECT %s WHERE EXISTS (%s)", index, place.search(sweep))
        for index, place in enumerate(places)
    ]
    return [row[0] for row in sweep.rows(SQL(" UNION ALL ").join(looks))]
