"""The IDs that people have, as far as a user may see them: for sub-selects run for each person."""

from odoo.fields import Domain
from odoo.models import BaseModel
from odoo.tools import SQL

from .sql_values import uncounted


class Held:
    """IDs with a value. What the user may see is found out once, however often it is asked for.

    :param rows: the model of IDs, as the user
    :raises AccessError: the user may not read IDs
    """

    def __init__(self, rows: BaseModel):
        self._rows = rows
        self._visible = rows._search(Domain("value", "!=", False))

    def exists(self, person: SQL, id_type: BaseModel) -> SQL:
        """Whether a person has an ID of a type.

        `OFFSET 0` keeps PostgreSQL from making a join of it.

        :param person: the person's id, in the statement around it
        """
        return SQL("EXISTS (SELECT %s OFFSET 0)", self._of(person, id_type))

    def value(self, person: SQL, id_type: BaseModel) -> SQL:
        """The ID of a type that a person has; NULL if there is none."""
        return SQL("(SELECT %s %s)", self._column("value"), self._of(person, id_type))

    def _of(self, person: SQL, id_type: BaseModel) -> SQL:
        return SQL(
            "FROM %s WHERE %s AND %s = %s AND %s = %s",
            self._visible.from_clause,
            self._visible.where_clause,
            self._column("partner_id"),
            person,
            self._column("id_type"),
            uncounted(id_type.id),
        )

    def _column(self, name: str) -> SQL:
        return SQL.identifier(self._rows._table, name)
