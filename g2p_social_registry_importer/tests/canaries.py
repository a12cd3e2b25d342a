"""Finding marked values wherever they have got to: in the log, in any table, in any file."""

import logging
from contextlib import contextmanager

from odoo.tools import SQL

CANARY = "CANARY"


@contextmanager
def log_of_everything():
    """All messages of the block, of all loggers and levels but SQL statements that succeed.

    They go nowhere else meanwhile: what a block provokes is no news to the log of the tests.

    :returns: a list of ``logger: message`` with tracebacks that the block fills
    """
    messages = []

    class Collector(logging.Handler):
        def emit(self, record):
            messages.append(f"{record.name}: {self.format(record)}")

    root, sql = logging.getLogger(), logging.getLogger("odoo.sql_db")
    handlers, levels = root.handlers, (root.level, sql.level)
    root.handlers = [Collector()]
    root.setLevel(logging.DEBUG)
    # Whoever asks for every SQL statement gets their values: an option of Odoo's own.
    sql.setLevel(logging.WARNING)
    try:
        yield messages
    finally:
        root.handlers = handlers
        root.setLevel(levels[0])
        sql.setLevel(levels[1])


def columns_with(env, *values):
    """``{"table.column"}`` of the database that hold one of these texts, attached files included.

    :param values: texts, found in any letter case
    """
    env.flush_all()
    env.cr.execute(
        """SELECT table_name, array_agg(column_name::text) FROM information_schema.columns
            JOIN information_schema.tables USING (table_schema, table_name)
           WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'
             AND data_type IN ('character varying', 'text', 'json', 'jsonb', 'ARRAY', 'bytea')
           GROUP BY table_name"""
    )
    patterns = [f"%{value}%" for value in values]
    found = set()
    for table, columns in env.cr.fetchall():
        found |= {f"{table}.{name}" for name in _columns_like(env, table, columns, patterns)}
    return found | _files_with(env, values)


def _columns_like(env, table, columns, patterns):
    sums = SQL(", ").join(
        SQL("bool_or(%s::text ILIKE ANY(%s))", SQL.identifier(name), patterns) for name in columns
    )
    [hits] = env.execute_query(SQL("SELECT %s FROM %s", sums, SQL.identifier(table)))
    return [name for name, hit in zip(columns, hits, strict=True) if hit]


def _files_with(env, values):
    attachments = env["ir.attachment"].search([("store_fname", "!=", False)], order="id desc")
    wanted = [value.lower().encode() for value in values]
    new = attachments[:200]
    return {"ir_attachment (file)" for a in new if any(w in a.raw.lower() for w in wanted)}
