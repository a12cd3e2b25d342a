"""`./dev demo`: a sample registry and a sample MTS, Odoo with workers, an import, and tokens."""

import time
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.servers.social_registry import launcher

from . import balance_sheet, databases, demo_tokens, processes, server, templates
from .failure import Failure
from .postgres import Server
from .progress import say, step
from .rpc import Client
from .up import address, serve

DATABASE = "demo"
SEED = 1
ADDON = "g2p_social_registry_importer"
IMPORT = "g2p.fetch.social.registry.beneficiary"
RUN = "g2p.social.registry.import.run"
ACTIVE = ("fetching", "importing")
# No page takes this long, so nothing is going on any more.
STANDSTILL = 600


def demo(postgres: Server, arguments: Namespace) -> int:
    """Import `arguments.households` households and fetch tokens for those who have a VID.

    Returns 0 if all are in, the sheet balances, and everybody sent has a token or a reason.
    """
    if arguments.fresh:
        databases.drop(postgres, DATABASE)
    templates.ensure(postgres, DATABASE)
    with (
        _registry(arguments.households) as registry,
        demo_tokens.seeder() as mts,
        server.running(postgres, DATABASE, arguments.port) as odoo,
    ):
        client = Client(odoo)
        demo_tokens.prepare(client)
        run = import_all(client, registry)
        say(balance_sheet.text(run))
        tokens = demo_tokens.send_all(client, mts)
        demo_tokens.show(tokens)
        say(address(odoo))
        if not arguments.once:
            serve(odoo)
    return 0 if balance_sheet.is_good(run) and demo_tokens.is_good(tokens) else 1


@contextmanager
def _registry(households: int) -> Iterator[launcher.Registry]:
    title = f"Sample registry: making {households:,} households"
    with step(title), processes.deaf_to_interrupts():
        registry = launcher.start(households=households, seed=SEED)
    try:
        yield registry
    finally:
        registry.stop()


def import_all(client: Client, registry: launcher.Registry) -> dict[str, Any]:
    """Connect the addon with the registry, press Fetch, and wait; the run as it ended."""
    importer = connect(client, registry)
    under_way = client.read(IMPORT, importer, ["active_run_id"])["active_run_id"]
    if under_way:
        say("  A run was cut off earlier; it goes on now.")
        return follow(client, under_way)
    action = client.call(IMPORT, "fetch_social_registry_beneficiary", [importer])
    return follow(client, action["res_id"])


def connect(client: Client, registry: launcher.Registry) -> int:
    """Let the import that the addon brings along ask this registry; its id."""
    source = client.ref(f"{ADDON}.g2p_social_registry_data_source")
    login = {"oauth_client_id": registry.client_id, "oauth_client_secret": registry.client_secret}
    client.call("spp.data.source", "write", [source], {"url": registry.base_url, **login})
    path = client.ref(f"{ADDON}.g2p_social_registry_oauth2_path")
    client.call("spp.data.source.path", "write", [path], {"value": registry.token_url})
    program = {"name": "Sample cash transfer", "target_type": "group"}
    importer = client.ref(f"{ADDON}.g2p_fetch_sr_data")
    values = {
        "target_program": client.find_or_create("g2p.program", program),
        "create_missing_id_types": True,
        "create_missing_member_kinds": True,
        # So that a second demo shows everybody again, unchanged.
        "sync_mode": "full",
    }
    client.call(IMPORT, "write", [importer], values)
    return importer


def follow(client: Client, run_id: int) -> dict[str, Any]:
    """Wait until the run has ended and return its fields. Raises Failure if it stands still."""
    seen = _Seen()
    with step("Import", seen.words):
        while seen.run.get("state", "fetching") in ACTIVE:
            seen.note(client.read(RUN, run_id, balance_sheet.FIELDS))
            if not client.odoo.is_alive() or time.monotonic() - seen.changed > STANDSTILL:
                raise Failure("The import stands still.", f"Look into {client.odoo.jobs.log}.")
            time.sleep(0.5)
    return seen.run


class _Seen:
    """The run as it was last read, and when it last moved."""

    def __init__(self) -> None:
        self.run: dict[str, Any] = {}
        self.changed = time.monotonic()

    def note(self, run: dict[str, Any]) -> None:
        moving = ("state", "page_count", "received_count", "imported_page_count")
        if any(run[name] != self.run.get(name) for name in moving):
            self.changed = time.monotonic()
        self.run = run

    def words(self) -> str:
        run = self.run
        if not run:
            return ""
        return f"{run['imported_page_count']} of {run['page_count']} pages"
