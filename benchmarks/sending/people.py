"""So many registrants with VIDs, and a connector for them."""

from odoo.tools import SQL

VID, TOKEN = "MOSIP VID", "MOSIP UIN TOKEN"
#: Columns that differ from person to person.
_OWN = ("id", "name", "complete_name", "family_name", "commercial_partner_id")


def set_up(env):
    """The connector, its settings, and the first person; all others are copies of it.

    :returns: the connector
    """
    vid, token = (_id_type(env, name) for name in (VID, TOKEN))
    parameters = env["ir.config_parameter"]
    parameters.set_param("g2p_mts.vid_id_type", vid.id)
    parameters.set_param("g2p_mts.uin_token_id_type", token.id)
    if not env["gender.type"].search([("value", "=", "W")]):
        env["gender.type"].create({"code": "Woman", "value": "W", "mts_code": "female"})
    connector = env["mts.connector"].search([("name", "=", "Bench")])
    return connector or _connector(env, vid)


def _id_type(env, name):
    types = env["g2p.id.type"]
    return types.search([("name", "=", name)]) or types.create({"name": name})


def _connector(env, vid):
    env["res.partner"].create(
        {
            "name": "PERSON 0",
            "given_name": "Ñusta",
            "family_name": "Family 0",
            "gender": "W",
            "birthdate": "1984-07-19",
            "address": "Plot 9",
            "is_registrant": True,
            "reg_ids": [(0, 0, {"id_type": vid.id, "value": "vid-0"})],
        }
    )
    size = {"g2p_batch_size": 1000, "g2p_batch_ceiling": 1000}
    values = {"name": "Bench", "mts_url": "https://mts.example.test", **size}
    connector = env["mts.connector"].create(values)
    # sudo: as whom it works is noted by the code alone, when somebody presses Start.
    connector.sudo().user_id = env.uid
    return connector


def grow(env, wanted: int) -> None:
    """Have so many people, each with a VID. They are copied by the database: it takes seconds."""
    [(have,)] = env.execute_query(SQL("SELECT count(*) FROM res_partner WHERE name ^@ 'PERSON '"))
    columns = [SQL.identifier(name) for name in _copied_columns(env)]
    copied = SQL(", ").join(columns)
    env.cr.execute(
        SQL(
            """INSERT INTO res_partner (name, complete_name, family_name, %(copied)s)
               SELECT 'PERSON ' || n, 'PERSON ' || n, 'Family ' || n, %(copied)s
                 FROM res_partner, generate_series(%(first)s, %(last)s) n
                WHERE name = 'PERSON 0'""",
            copied=copied,
            first=have,
            last=wanted - 1,
        )
    )
    env.cr.execute("UPDATE res_partner SET commercial_partner_id = id WHERE name ^@ 'PERSON '")
    env.cr.execute(
        """INSERT INTO g2p_reg_id (partner_id, id_type, value, status, create_date, write_date)
           SELECT p.id, t.id, 'vid-' || p.id, 'valid', now(), now()
             FROM res_partner p, g2p_id_type t
            WHERE p.name ^@ 'PERSON ' AND t.name = %s
              AND NOT EXISTS (SELECT FROM g2p_reg_id r WHERE r.partner_id = p.id)""",
        (VID,),
    )


def _copied_columns(env) -> list[str]:
    query = """SELECT column_name FROM information_schema.columns
                WHERE table_schema = current_schema() AND table_name = 'res_partner'
                  AND NOT column_name = ANY(%s)"""
    return [name for (name,) in env.execute_query(SQL(query, list(_OWN)))]
