"""Files in Odoo's own import dialogue, which keeps them for half a day."""

from collections.abc import Mapping

from odoo.tools import SQL

from .sweep import Sweep

_MODEL = "base_import.import"


def uploads(sweep: Sweep) -> Mapping[str, int]:
    """Close dialogues over texts that hold a VID. What is packed, as a spreadsheet is, is not read.

    What the search finds may be no VID, once in a while: then somebody uploads a file again.
    """
    if not sweep.words or not sweep.has(_MODEL):
        return {}
    where = sweep.may_hold(SQL("encode(file, 'escape')"))
    rows = sweep.rows(SQL("DELETE FROM base_import_import WHERE %s RETURNING id", where))
    return {"upload": len(rows)}
