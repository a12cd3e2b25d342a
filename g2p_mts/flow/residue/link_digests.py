"""What imports keep of IDs to notice changes: digests without a key, which can be tried out."""

from collections.abc import Mapping

from odoo.tools import SQL

from .sweep import Sweep

_LINK = "g2p.social.registry.imported.registrants"


def link_digests(sweep: Sweep) -> Mapping[str, int]:
    """Forget those of ID rows that are not there any more, of the people concerned."""
    if not sweep.has(_LINK):
        return {}
    changed = sweep.rows(
        SQL(
            """UPDATE g2p_social_registry_imported_registrants AS link
                  SET applied = link.applied - dead.keys
                 FROM (SELECT link.id, array_agg(name) AS keys
                         FROM g2p_social_registry_imported_registrants AS link,
                              jsonb_object_keys(link.applied) AS name
                        WHERE link.registrant_id = ANY(%s)
                          AND name LIKE 'g2p.reg.id,%%'
                          AND NOT EXISTS (SELECT FROM g2p_reg_id
                                           WHERE id = split_part(name, ',', 2)::integer)
                        GROUP BY link.id) AS dead
                WHERE link.id = dead.id
            RETURNING link.id""",
            sweep.partner_ids,
        )
    )
    return {"import_digest": len(changed)}
