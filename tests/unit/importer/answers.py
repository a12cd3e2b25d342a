"""A good answer of a registry, to be spoilt by tests."""

import copy

from .support import CANARY

RECORDS = {"getRegistrants": [{"name": CANARY}]}
ITEM = {
    "reference_id": "r-1",
    "timestamp": "2026-03-02T08:15:01.118204Z",
    "status": "succ",
    "status_reason_code": None,
    "status_reason_message": None,
    "data": {"version": "1.0.0", "reg_type": "G2P:RegistryType:Group", "reg_records": RECORDS},
    "locale": "en",
}


def answer(header=None, message=None, **item):
    """A good answer with changes in its three parts."""
    return copy.deepcopy(
        {
            "signature": "",
            "header": {"action": "on-search", "status": "succ"} | (header or {}),
            "message": {"search_response": [ITEM | item]} | (message or {}),
        }
    )
