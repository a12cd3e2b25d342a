"""What Odoo itself keeps of what people typed: favourite searches, defaults, parameters."""

import ast
from collections.abc import Mapping

from .columns import Columns
from .sweep import Sweep

_FAVOURITES = Columns("favourite", "ir.filters", ("name", "domain", "context"))
_SETTINGS = (
    Columns("default", "ir.default", ("json_value",), ("json_value",)),
    Columns("parameter", "ir.config_parameter", ("value",), ("value",)),
)
#: A search that finds nobody, and a context that says nothing.
_NOBODY, _NOTHING = "[(0, '=', 1)]", "{}"


def settings(sweep: Sweep) -> Mapping[str, int]:
    """Mask, and have all servers read anew what they remember of it."""
    found = {_FAVOURITES.key: _favourites(sweep)}
    found |= {place.key: len(place.mask(sweep)) for place in _SETTINGS}
    if any(found.values()):
        sweep.env.registry.clear_all_caches()
    return found


def _favourites(sweep: Sweep) -> int:
    """A number without quotes becomes no mask, which Odoo could not read, but finds nobody."""
    rows = [
        (row_id, name, _readable(domain, _NOBODY), _readable(context, _NOTHING))
        for row_id, name, domain, context in _FAVOURITES.masked(sweep)
    ]
    _FAVOURITES.write(sweep, rows)
    return len(rows)


def _readable(text: str, otherwise: str) -> str:
    try:
        ast.parse(text, mode="eval")
    except SyntaxError:
        return otherwise
    return text
