"""The ID of a type that a person has, as far as a user may see it."""

from odoo.fields import Domain
from odoo.models import BaseModel
from odoo.tools import SQL, Query

from .sql_values import uncounted


def held(rows: BaseModel, person: SQL, id_type: BaseModel) -> Query:
    """A query for the ID with a value, for a sub-select that is run for each person.

    :param rows: the model of IDs, as the user
    :param person: id of the person, in the statement around it
    :raises AccessError: the user may not read IDs
    """
    query = rows._search(Domain("value", "!=", False))
    holder, type_ = (SQL.identifier(rows._table, name) for name in ("partner_id", "id_type"))
    query.add_where(SQL("%s = %s AND %s = %s", holder, person, type_, uncounted(id_type.id)))
    return query
