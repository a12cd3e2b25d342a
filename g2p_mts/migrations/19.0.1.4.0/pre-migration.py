"""Deleted VIDs are remembered as bytes, without the indexes that took longest to write."""

from odoo.tools.sql import drop_index


def migrate(cr, version):
    """Turn hexadecimal digits into bytes, and note which ID types have something remembered."""
    drop_index(cr, "g2p_mts_vid_gone__id_type_index", "g2p_mts_vid_gone")
    drop_index(cr, "g2p_mts_vid_gone__expires_at_index", "g2p_mts_vid_gone")
    if _type_of_digest(cr) != "bytea":
        cr.execute(
            """ALTER TABLE g2p_mts_vid_gone
                ALTER COLUMN digest TYPE bytea USING decode(digest, 'hex')"""
        )
    cr.execute("ALTER TABLE g2p_id_type ADD COLUMN IF NOT EXISTS has_gone boolean")
    cr.execute(
        """UPDATE g2p_id_type SET has_gone = TRUE
            WHERE id IN (SELECT DISTINCT id_type FROM g2p_mts_vid_gone)"""
    )


def _type_of_digest(cr):
    cr.execute(
        """SELECT data_type FROM information_schema.columns
            WHERE table_name = 'g2p_mts_vid_gone' AND column_name = 'digest'"""
    )
    [(name,)] = cr.fetchall()
    return name
