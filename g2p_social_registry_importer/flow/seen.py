"""Noting who was seen in a run."""

from collections.abc import Iterable
from typing import NamedTuple

from odoo.tools import SQL

from odoo.addons.g2p_registry_base.arrays import as_array

from .context import ImportContext

_LINK = "g2p.social.registry.imported.registrants"


class Seen(NamedTuple):
    """Somebody whom a record has brought, and who has a link already.

    :param position: place of the record in the run, from 0
    :param natural_key: to be kept; None to leave what is stored
    """

    partner_id: int
    position: int
    natural_key: str | None = None


def note_seen(context: ImportContext, people: Iterable[Seen], ignored: Iterable[int] = ()) -> None:
    """One statement, and no record objects: in most runs it is all there is to be written.

    The members of a household were seen with it, also those without identifier, who are not
    looked up while their household is as it was. As nobody has compared these, the record
    that brought them in this run, if there was one, is not forgotten for them.

    :param ignored: ids of those whom the source may mean by records that are ignored by decision
    """
    people, ignored = sorted(people), list(ignored)
    if not people and not ignored:
        return
    context.env["g2p.group.membership"].flush_model(["group", "individual", "is_ended"])
    context.env.cr.execute(
        SQL(
            """UPDATE g2p_social_registry_imported_registrants AS link
                  SET last_run_id = %(run)s, last_seen = %(now)s, not_seen_since = NULL,
                      last_position = seen.position,
                      natural_key = COALESCE(seen.natural_key, link.natural_key)
                 FROM (SELECT unnest(%(partners)s::integer[]) AS registrant_id,
                              unnest(%(positions)s::integer[]) AS position,
                              unnest(%(natural_keys)s::varchar[]) AS natural_key
                        UNION ALL
                       SELECT id, NULL, NULL
                         FROM (SELECT unnest(%(ignored)s::integer[]) AS id
                                UNION
                               SELECT individual FROM g2p_group_membership
                                WHERE "group" = ANY(%(partners)s::integer[]
                                                    || %(ignored)s::integer[])
                                  AND is_ended IS NOT TRUE) AS others
                        WHERE id <> ALL(%(partners)s::integer[])) AS seen
                WHERE link.fetch_social_registry_id = %(importer)s
                  AND link.registrant_id = seen.registrant_id
                  AND (seen.position IS NOT NULL
                       OR link.last_run_id IS DISTINCT FROM %(run)s)""",
            run=context.run_id,
            now=context.now,
            importer=context.importer.id,
            ignored=ignored,
            partners=as_array(one.partner_id for one in people),
            positions=as_array(one.position for one in people),
            natural_keys=as_array(one.natural_key or None for one in people),
        )
    )
    written = ["last_run_id", "last_seen", "not_seen_since", "last_position", "natural_key"]
    context.env[_LINK].invalidate_model(written, flush=False)
