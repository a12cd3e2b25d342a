"""People whom the source lists in several households at once."""

from odoo.tools import SQL

from ..meaning.problems import Code, Problem


def people_in_several_households(run) -> dict[int, int]:
    """Id of a person → how many households of this run he is a member of, by the source's word.

    To be asked once all pages are in: before, somebody who moves may be in his new household and
    not yet out of the old one. Whom a person put into a household does not count. One statement,
    however many there are.

    :param run: a run of households that may be written
    """
    env = run.env
    env["g2p.group.membership"].flush_model(["group", "individual", "is_ended", "data_source_id"])
    env["g2p.social.registry.imported.registrants"].flush_model(["last_run_id", "registrant_id"])
    rows = env.execute_query(
        SQL(
            """SELECT membership.individual, count(*)
                 FROM g2p_social_registry_imported_registrants household
                 JOIN g2p_group_membership membership
                   ON membership."group" = household.registrant_id
                WHERE household.fetch_social_registry_id = %s AND household.last_run_id = %s
                  AND membership.is_ended IS NOT TRUE AND membership.data_source_id = %s
             GROUP BY membership.individual HAVING count(*) > 1
             ORDER BY membership.individual""",
            run.fetch_social_registry_id.id,
            run.id,
            run.data_source_id.id,
        )
    )
    return dict(rows)


def in_several_households(number: int) -> Problem:
    """Told of somebody who is a member of so many."""
    reason = (
        f"The source lists this person in {number} households, each of which may get money for it; "
        "the registrant's page shows which. Have the source say which one is right: a run that "
        "sees the change ends the other membership. Until then the person is a member of each."
    )
    return Problem(Code.SEVERAL_HOUSEHOLDS, "", reason)
