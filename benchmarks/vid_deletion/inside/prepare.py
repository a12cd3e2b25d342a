"""What people are planted with, and the rule that has their VIDs deleted."""

from odoo import SUPERUSER_ID, api

from . import BATCH

_TYPES = {"vid": "MOSIP VID", "token": "MOSIP UIN TOKEN"}
_CARDS = ("NATIONAL ID", "HEALTH CARD", "VOTER CARD")
#: No run of a benchmark waits for the yes of a second person.
_RULE = {
    "vid_delete_brake_rows": "10000000",
    "vid_delete_brake_rows_confirmed": "10000000",
    "vid_delete_brake_percent": "100",
    "vid_delete_brake_percent_confirmed": "100",
    "vid_delete_batch": str(BATCH),
}


def prepare(registry) -> dict:
    """ID types, a connector and the rule; their ids."""
    with registry.cursor() as cursor:
        env = api.Environment(cursor, SUPERUSER_ID, {})
        types = {kind: _id_type(env, name) for kind, name in _TYPES.items()}
        rule = {"vid_id_type": types["vid"], "uin_token_id_type": types["token"], **_RULE}
        for name, value in rule.items():
            env["ir.config_parameter"].set_param(f"g2p_mts.{name}", value)
        connector = {"name": "Tokens", "mts_url": "https://mts.example.test/"}
        return {
            **types,
            "cards": [_id_type(env, name) for name in _CARDS],
            "connector": env["mts.connector"].create(connector).id,
        }


def _id_type(env, name: str) -> int:
    types = env["g2p.id.type"]
    return (types.search([("name", "=", name)]) or types.create({"name": name})).id
