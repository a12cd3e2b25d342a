"""The last run of a registrant has no foreign key any more."""

_TABLE = "g2p_social_registry_imported_registrants"
_KEY = f"{_TABLE}_last_run_id_fkey"


def migrate(cr, version):
    """Drop it, and what Odoo has noted about it."""
    cr.execute(f'ALTER TABLE "{_TABLE}" DROP CONSTRAINT IF EXISTS "{_KEY}"')
    cr.execute("DELETE FROM ir_model_constraint WHERE name = %s", [_KEY])
