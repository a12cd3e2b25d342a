"""Other IDs with the value of a VID: of the same person, or of somebody else."""

from collections.abc import Mapping

from odoo.tools import SQL

from odoo.addons.g2p_registry_base.arrays import as_array

from ...meaning.vid_words import stubs
from ..sql_values import ungrouped
from .sweep import Sweep


def other_ids(sweep: Sweep) -> Mapping[str, int]:
    """Delete the same person's IDs of other types with that value, and have them stay away.

    Somebody else's ID is not ours to delete because it looks like the VID: it is counted.
    """
    found = [row for row in _found(sweep) if sweep.holder(row[3])]
    same = [row for row in found if sweep.holder(row[3]) == row[1]]
    own = [row for row in same if row[0] not in sweep.keep]
    if own:
        sweep.env["g2p.mts.vid.gone"]._remember({(row[2], row[3]): row[1] for row in own})
        sweep.env["g2p.reg.id"].browse([row[0] for row in own]).unlink()
        sweep.env.flush_all()
    return {"other_id": len(own), "left_id_of_another": len(found) - len(same)}


def _found(sweep: Sweep) -> list[tuple[int, int, int, str]]:
    """Id, person, type and value of IDs that may be a VID: one pass over all of them.

    The list is hashed; a row costs an MD5. As the statement names no VID, no index can help.
    """
    query = """SELECT id, partner_id, id_type, value FROM g2p_reg_id
                WHERE left(md5(%s), 6) = ANY(%s::text[])"""
    value = ungrouped(SQL("value"))
    return sweep.rows(SQL(query, value, as_array(stubs(sweep.vids))))
