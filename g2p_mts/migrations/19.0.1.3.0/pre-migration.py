"""The lines of requests have no foreign keys any more but the one of their tokens."""

_COLUMNS = ("request_id", "partner_id", "company_id", "create_uid", "write_uid")


def migrate(cr, version):
    """Drop the foreign keys that are there, and what Odoo has noted about them."""
    for column in _COLUMNS:
        name = f"g2p_mts_request_line_{column}_fkey"
        cr.execute(f'ALTER TABLE g2p_mts_request_line DROP CONSTRAINT IF EXISTS "{name}"')
        cr.execute("DELETE FROM ir_model_constraint WHERE name = %s", [name])
