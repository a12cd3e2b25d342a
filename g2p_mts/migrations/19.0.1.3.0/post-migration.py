"""Requests hold on to the companies of their people."""


def migrate(cr, version):
    """Note the companies of all lines there are."""
    cr.execute(
        """INSERT INTO g2p_mts_request_res_company_rel (g2p_mts_request_id, res_company_id)
           SELECT DISTINCT request_id, company_id FROM g2p_mts_request_line
            WHERE company_id IS NOT NULL
               ON CONFLICT DO NOTHING"""
    )
