"""A connector says of which companies it sends registrants."""


def migrate(cr, version):
    """Those of whoever it worked as, or who made it, which it has gone by so far."""
    cr.execute(
        """INSERT INTO g2p_mts_connector_company_rel (connector_id, company_id)
           SELECT connector.id, works.cid
             FROM mts_connector connector
             JOIN res_company_users_rel works
               ON works.user_id = COALESCE(connector.user_id, connector.create_uid)
            WHERE NOT EXISTS (SELECT FROM g2p_mts_connector_company_rel known
                               WHERE known.connector_id = connector.id)"""
    )
