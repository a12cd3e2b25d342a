"""Tables with a row for each VID have no foreign keys any more."""

_LINKS = {
    "g2p_mts_vid_gone": ("id_type", "partner_id"),
    "g2p_mts_vid_deletion_line": ("deletion_id",),
}


def migrate(cr, version):
    """Drop the foreign keys that are there, and what Odoo has noted about them."""
    for table, columns in _LINKS.items():
        for column in columns:
            name = f"{table}_{column}_fkey"
            cr.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT IF EXISTS "{name}"')
            cr.execute("DELETE FROM ir_model_constraint WHERE name = %s", [name])
