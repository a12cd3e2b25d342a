"""After VIDs were deleted: looking for them wherever a copy can hide, and masking them there."""

from collections import Counter
from collections.abc import Collection, Mapping

from odoo.addons.g2p_registry_base.unlogged import refused_statements_unlogged

from .labels import in_words
from .places import PLACES
from .sweep import Sweep


def sweep(env, vids: Mapping[str, int], keep: Collection[int] = ()) -> dict[str, int]:
    """Remove or mask every copy of these VIDs in this database.

    Call it in the transaction that deletes them, after they were remembered
    (``g2p.mts.vid.gone``): later nobody knows them any more. Each place is looked through once
    for all of them, and the number of statements depends on the places alone; so give it as many
    VIDs as fit. No VID is logged, nor named in a statement.

    :param env: of the superuser
    :param vids: VID → id of the partner who held it
    :param keep: ids of ``g2p.reg.id`` rows that stay as they are
    :returns: place → number of rows changed, without places where nothing was found. One whose
        name begins with ``left_`` counts what was found and left; see :func:`in_words`
    """
    if not vids:
        return {}
    env.flush_all()
    job = Sweep(env, vids, frozenset(keep))
    found = Counter()
    with refused_statements_unlogged():
        for place in PLACES:
            found.update(place(job))
    env.invalidate_all(flush=False)
    return {key: number for key, number in found.items() if number}
