"""What imports hold of people beside the registrants themselves: where, and until when."""

from typing import NamedTuple

from odoo.fields import Domain
from odoo.tools import SQL

from ..meaning.problems import QUOTED

#: Pages that hold records, or what the registry said about those it could not send.
HOLDS_RECORDS = Domain("payload", "!=", False) | Domain("refusals", "!=", False)
#: Pages that failed in words which may be the registry's.
HOLDS_ERROR = Domain("error", "!=", False)
#: Issues that show identifiers, or words which may quote a record.
HOLDS_LABEL = Domain("record_label", "!=", False) | (
    Domain("code", "in", sorted(QUOTED)) & Domain("reason", "!=", False)
)

_PAGE = "g2p.social.registry.import.page"
_LINK = "g2p.social.registry.imported.registrants"


class Kind(NamedTuple):
    """One kind of data.

    :param model: whose rows hold them
    :param holds: the condition under which a row does
    :param is_of_runs: whether the rows belong to runs; otherwise to the import itself
    :param since: the field that says from when on
    """

    model: str
    holds: Domain
    is_of_runs: bool
    since: str = "create_date"


#: The order makes the ids of the rows: new kinds go to the end.
WHERE = {
    "staged": Kind(_PAGE, HOLDS_RECORDS, True, "fetched_at"),
    "before_image": Kind("g2p.social.registry.import.before.image", Domain.TRUE, True),
    "issue_label": Kind("g2p.social.registry.import.issue", HOLDS_LABEL, True),
    "decision_label": Kind(
        "g2p.social.registry.import.decision", Domain("record_label", "!=", False), False
    ),
    "link": Kind(_LINK, Domain.TRUE, False),
    "not_seen": Kind(_LINK, Domain("not_seen_since", "!=", False), False, "not_seen_since"),
    "error": Kind(_PAGE, HOLDS_ERROR, True),
}


def held_rows(env, days: dict[str, int | None]) -> SQL:
    """The query that counts them: a row for each import and kind of which there are any.

    :param days: kind → days until its rows are removed, after the end of a run or, if it is not
        of runs, after they were made; None or missing: they are not
    """
    parts = [_of_kind(env, number, name, days.get(name)) for number, name in enumerate(WHERE)]
    return SQL(" UNION ALL ").join(parts)


def _of_kind(env, number: int, name: str, days: int | None) -> SQL:
    kind = WHERE[name]
    # sudo: rows are counted here, and shown to none but those who may see the import.
    rows = env[kind.model].sudo()
    condition = rows._search(kind.holds, active_test=False).where_clause or SQL("TRUE")
    table = SQL.identifier(rows._table)
    return SQL(
        """SELECT i.id * 10 + %s AS id, i.id AS import_id, i.company_id AS company_id,
                  %s AS kind, count(*) AS number, min(%s) AS oldest, %s AS expires_at
             FROM %s %s WHERE %s GROUP BY i.id""",
        number,
        name,
        SQL.identifier(rows._table, kind.since),
        _expiry(kind, table, days),
        table,
        _import_of(kind, table),
        condition,
    )


def _expiry(kind: Kind, table: SQL, days: int | None) -> SQL:
    if days is None:
        return SQL("NULL::timestamp")
    since = SQL("coalesce(run.kept_since, run.ended_at)")
    if not kind.is_of_runs:
        since = SQL("%s.create_date", table)
    return SQL("min(%s) + %s * interval '1 day'", since, days)


def _import_of(kind: Kind, table: SQL) -> SQL:
    if kind.is_of_runs:
        return SQL(
            """JOIN g2p_social_registry_import_run run ON run.id = %s.run_id
               JOIN g2p_fetch_social_registry_beneficiary i
                 ON i.id = run.fetch_social_registry_id""",
            table,
        )
    return SQL(
        "JOIN g2p_fetch_social_registry_beneficiary i ON i.id = %s.fetch_social_registry_id",
        table,
    )
