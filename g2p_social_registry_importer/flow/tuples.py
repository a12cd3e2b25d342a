"""Reading stored fields of many records without making records of them."""

from collections.abc import Iterable
from typing import Any

from odoo.tools import SQL

from odoo.addons.g2p_registry_base.arrays import as_array


def read_tuples(model, domain: list, *names: str) -> list[tuple[Any, ...]]:
    """The stored values of all records of a domain, in no particular order: one statement.

    Access rights and record rules hold as in a search. A record for each of thousands of rows,
    and a look into the cache for each of its fields, would cost more than the statement.

    :param names: stored fields; a many2one gives its id, an empty field None
    """
    query = model._search(domain)
    columns = [model._field_to_sql(query.table, name, query) for name in names]
    return model.env.execute_query(query.select(*columns))


def one_of(texts: Iterable[str]) -> SQL:
    """The right side of ``in`` for a thousand texts, as one value in PostgreSQL's own notation.

    To take as many single values apart, on both ends, takes longer than to look them up.
    """
    return SQL("(SELECT unnest(%s::varchar[]))", as_array(texts))
