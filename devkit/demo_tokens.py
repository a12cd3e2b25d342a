"""The second half of `./dev demo`: people with a VID go to a sample MTS; their tokens come back."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.servers.token_seeder import launcher

from . import processes
from .failure import Failure
from .progress import say, step
from .rpc import Client

ADDON = "g2p_mts"
CONNECTOR = "mts.connector"
LINE = "g2p.mts.request.line"
VID, TOKEN = "MOSIP VID", "MOSIP UIN TOKEN"
GENDERS = {"Female": "female", "Male": "male"}
STATES = ("answered", "refused", "conflict", "lost", "queued", "sent")
# Fetching, sending and taking in a batch takes seconds.
STANDSTILL = 120
AT_WORK = ("started", "running")


@contextmanager
def seeder() -> Iterator[launcher.Seeder]:
    """A sample MTS on a free port."""
    with step("Sample token seeder"), processes.deaf_to_interrupts():
        running = launcher.start()
    try:
        yield running
    finally:
        running.stop()


def prepare(client: Client) -> None:
    """Genders, before people are imported who have them; without one an MTS refuses a person."""
    known = client.call("gender.type", "search_read", [], ["value"])
    missing = GENDERS.keys() - {gender["value"] for gender in known}
    rows = [{"code": name, "value": name, "mts_code": GENDERS[name]} for name in sorted(missing)]
    client.call("gender.type", "create", rows)


def send_all(client: Client, mts: launcher.Seeder) -> dict[str, int]:
    """Approve, start, and wait until everybody is answered; how many lines in which state."""
    connector = connect(client, mts)
    client.call(CONNECTOR, "action_approve", [connector])
    if client.read(CONNECTOR, connector, ["job_status"])["job_status"] not in AT_WORK:
        client.call(CONNECTOR, "mts_action_trigger", [connector])
    return follow(client, connector)


def connect(client: Client, mts: launcher.Seeder) -> int:
    """Let a connector send everybody who has a VID to this MTS; its id."""
    vid, token = (client.find_or_create("g2p.id.type", {"name": name}) for name in (VID, TOKEN))
    for name, id_type in (("vid_id_type", vid), ("uin_token_id_type", token)):
        client.call("ir.config_parameter", "set_param", f"{ADDON}.{name}", id_type)
    # The administrator plays the data-protection officer.
    officers = client.ref(f"{ADDON}.group_mts_officer")
    me = client.call("res.users", "search", [["login", "=", client.odoo.login]])
    client.call("res.users", "write", me, {"group_ids": [[4, officers]]})
    values = {
        "mts_url": mts.url,
        "g2p_purpose": "Show how tokens take the place of Virtual IDs",
        "g2p_search_domain": json.dumps([["reg_ids.id_type", "=", vid]]),
        "callback_authtype": "none",
        "g2p_answer_base_url": client.odoo.url,
    }
    connector = client.find_or_create(CONNECTOR, {"name": "Sample tokens", **values})
    client.call(CONNECTOR, "write", [connector], values)
    return connector


def follow(client: Client, connector: int) -> dict[str, int]:
    """Wait until the connector has come to its end. Raises Failure if it stands still."""
    counts: dict[str, int] = {}
    changed = time.monotonic()
    with step("Tokens", lambda: f"{counts.get('answered', 0):,} tokens"):
        while is_at_work(client, connector) or not counts:
            now = count(client, connector)
            changed = time.monotonic() if now != counts else changed
            counts.update(now)
            if not client.odoo.is_alive() or time.monotonic() - changed > STANDSTILL:
                raise Failure("The tokens stand still.", f"Look into {client.odoo.jobs.log}.")
            time.sleep(0.5)
    return count(client, connector)


def is_at_work(client: Client, connector: int) -> bool:
    """Whether somebody still waits for an answer; not for being sent again in some minutes."""
    state = client.read(CONNECTOR, connector, ["job_status", "paused_until"])
    return state["job_status"] in AT_WORK and not state["paused_until"]


def count(client: Client, connector: int) -> dict[str, int]:
    """How many lines are in which state, those that were sent again left out."""
    domain = [["connector_id", "=", connector], ["is_superseded", "=", False]]
    of = {state: [*domain, ["state", "=", state]] for state in STATES}
    return {state: client.call(LINE, "search_count", of[state]) for state in STATES}


def show(counts: dict[str, int]) -> None:
    """Print how many tokens came back, and for how many people there is a reason instead."""
    say(f"\n  {'tokens':<12}{counts['answered']:>9,}")
    say(f"  {'refused':<12}{counts['refused']:>9,}  (each with its reason)")


def is_good(counts: dict[str, Any]) -> bool:
    """Whether tokens came back, and nobody is without an answer or a reason."""
    left = sum(counts[state] for state in ("queued", "sent", "lost", "conflict"))
    return counts["answered"] > 0 and not left
