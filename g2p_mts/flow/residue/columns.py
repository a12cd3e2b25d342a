"""Places that are columns of a table: texts, and JSON."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from odoo.tools import SQL

from ...meaning.vid_words import ESCAPES
from .sweep import Sweep

_TEXTS, _JSON = ("varchar", "text"), ("jsonb",)
#: Fields people, or programs for them, write texts into; a selection holds names of this program.
_TYPES = (
    *("char", "text", "html", "json", "job_serialized"),
    *("properties", "properties_definition"),
)


@dataclass(frozen=True)
class Columns:
    """Columns of one model in which VIDs are masked: one statement looks, another one writes.

    Written without the ORM: it would note in the chatter what was there before, and it refuses to
    change rows that are only ever added.

    :param key: what the place is called in the result
    :param names: fields; those that this version of the model does not store are left out.
        Without names: every text
    :param documents: those of them that hold JSON as text, which has to parse afterwards
    """

    key: str
    model: str
    names: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()

    def __call__(self, sweep: Sweep) -> Mapping[str, int]:
        """Mask, and tell in how many rows."""
        return {self.key: len(self.mask(sweep))}

    def mask(self, sweep: Sweep) -> list[int]:
        """Mask, and tell in which rows."""
        rows = self.masked(sweep)
        self.write(sweep, rows)
        return [row[0] for row in rows]

    def masked(self, sweep: Sweep) -> list[tuple]:
        """Rows that hold a VID, with masks: what :meth:`write` stores."""
        masks = self._masks(sweep)
        changed = []
        for row_id, *texts in self.found(sweep):
            new = [text and mask(text) for text, mask in zip(texts, masks, strict=True)]
            if new != texts:
                changed.append((row_id, *new))
        return changed

    def found(self, sweep: Sweep) -> list[tuple]:
        """Rows that may hold a VID: their ids, and the columns as texts."""
        return sweep.rows(self.search(sweep)) if sweep.words and self.kinds(sweep) else []

    def search(self, sweep: Sweep) -> SQL:
        """The statement that looks."""
        columns = SQL(", ").join(
            SQL("%s::text", SQL.identifier(name)) for name in self.kinds(sweep)
        )
        where = sweep.may_hold(self._text(sweep))
        return SQL("SELECT id, %s FROM %s WHERE %s", columns, self._table(sweep), where)

    def alike(self, sweep: Sweep) -> SQL:
        """A statement that gives a row if anything looks like a VID: shorter, and less exact."""
        where = sweep.looks_alike(self._text(sweep))
        return SQL("SELECT FROM %s WHERE %s", self._table(sweep), where)

    def _text(self, sweep: Sweep) -> SQL:
        """All columns as one text."""
        words = [self._words(name) for name in self.kinds(sweep)]
        return SQL("concat_ws(' ', %s)", SQL(", ").join(words))

    def write(self, sweep: Sweep, rows: Sequence[tuple]) -> None:
        """Store rows as :meth:`found` gives them: one statement, or none."""
        if not rows:
            return
        ids, *columns = zip(*rows, strict=True)
        kinds = self.kinds(sweep)
        names = [SQL.identifier(name) for name in kinds]
        sweep.rows(
            SQL(
                """UPDATE %s AS old SET %s FROM unnest(%s::integer[], %s) AS new (id, %s)
                    WHERE old.id = new.id RETURNING old.id""",
                self._table(sweep),
                SQL(", ").join(_assignment(name, kind) for name, kind in kinds.items()),
                list(ids),
                SQL(", ").join(SQL("%s::text[]", list(column)) for column in columns),
                SQL(", ").join(names),
            )
        )

    def kinds(self, sweep: Sweep) -> dict[str, str]:
        """Field → its type in the database; empty if the model is not there."""
        fields = sweep.env[self.model]._fields if sweep.has(self.model) else {}
        wanted = (fields[name] for name in self.names or fields if name in fields)
        kinds = {field.name: field.column_type[0] for field in wanted if _is_text(field)}
        return {name: kind for name, kind in kinds.items() if kind in _TEXTS + _JSON}

    def _is_document(self, name: str, kind: str) -> bool:
        return kind in _JSON or name in self.documents

    def _words(self, name: str) -> SQL:
        return SQL(
            """CASE WHEN strpos(%(text)s, '\\') > 0
                    THEN regexp_replace(%(text)s, %(escapes)s, ' ', 'g')
                    ELSE %(text)s END""",
            text=SQL("%s::text", SQL.identifier(name)),
            escapes=ESCAPES,
        )

    def _masks(self, sweep: Sweep) -> list:
        words = sweep.words
        return [
            words.masked_document if self._is_document(name, kind) else words.masked
            for name, kind in self.kinds(sweep).items()
        ]

    def _table(self, sweep: Sweep) -> SQL:
        return SQL.identifier(sweep.env[self.model]._table)


def _is_text(field) -> bool:
    return field.store and field.type in _TYPES and bool(field.column_type)


def _assignment(name: str, kind: str) -> SQL:
    column = SQL.identifier(name)
    cast = SQL("::jsonb") if kind in _JSON else SQL()
    return SQL("%s = new.%s%s", column, column, cast)
