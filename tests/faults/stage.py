"""Odoo with real job workers, a sample registry, and imports between the two."""

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from psycopg2.extensions import connection as Session

from devkit import config, databases, processes, rpc, server, templates
from devkit.failure import Failure
from devkit.postgres import Server
from tests.servers.social_registry import launcher

ADDON = "g2p_social_registry_importer"
SOURCE = "spp.data.source"
IMPORT = "g2p.fetch.social.registry.beneficiary"
RUN = "g2p.social.registry.import.run"
RUN_TABLE = "g2p_social_registry_import_run"
ACTIVE = ("fetching", "importing")
RUNNER_READY = "queue job runner ready for db"
PATIENCE = 120
PULSE = 0.05

INDIVIDUALS = """{
  getRegistrants {
    name givenName familyName addlName birthdate birthPlace gender address email registrationDate
    regIds { idTypeAsStr value expiryDate }
    phoneNumberIds { phoneNo dateCollected disabled }
  }
}"""


@dataclass
class Stage:
    """What runs. `session` looks into Odoo's database from outside and commits by itself."""

    postgres: Server
    odoo: server.Odoo
    registry: launcher.Registry
    client: rpc.Client
    session: Session

    def sql(self, query: str, *values: Any) -> list[tuple]:
        """Run one statement on Odoo's database; its rows, if it has any."""
        with self.session.cursor() as cursor:
            cursor.execute(query, values)
            return cursor.fetchall() if cursor.description else []

    def create_import(self, target: str, **values: Any) -> int:
        """A new import of `group` or `individual` from the registry; its id."""
        self._connect_source()
        query = INDIVIDUALS if target == "individual" else self._shipped_query()
        wanted = {
            "name": f"Import of {target}s",
            "data_source_id": self.source,
            "target_registry": target,
            "query": query,
            "create_missing_id_types": True,
            "create_missing_member_kinds": True,
            "sync_mode": "full",
        }
        return self.client.call(IMPORT, "create", wanted | values)

    def start(self, importer: int) -> int:
        """Press "Fetch"; the id of the run. Raises Failure with Odoo's words if it refuses."""
        action = self.client.call(IMPORT, "fetch_social_registry_beneficiary", [importer])
        return action["res_id"]

    def shorten_pauses(self) -> None:
        """Let jobs that met passing trouble start again after a second or two, not minutes."""
        for name in ("fetch_page", "import_page"):
            function = self.client.ref(f"{ADDON}.job_function_{name}")
            pattern = {"edit_retry_pattern": "{1: 2, 3: 1}"}
            self.client.call("queue.job.function", "write", [function], pattern)

    def state(self, run: int) -> str:
        [(state,)] = self.sql(f"SELECT state FROM {RUN_TABLE} WHERE id = %s", run)  # noqa: S608
        return state

    def wait(self, run: int, seconds: float = PATIENCE) -> str:
        """The state in which the run ended. Raises Failure if it takes longer."""
        until = time.monotonic() + seconds
        while (state := self.state(run)) in ACTIVE:
            if time.monotonic() > until:
                raise Failure(
                    f"The run is still {state} after {seconds:g} seconds.",
                    f"Look into {self.odoo.jobs.log}.",
                )
            time.sleep(PULSE)
        return state

    def sweep(self) -> None:
        """Let the sweeper's time have come: a worker for crons looks after lost jobs at once."""
        cron = "(SELECT res_id FROM ir_model_data WHERE module = %s AND name = 'cron_sweep')"
        self.sql(
            f"UPDATE ir_cron SET nextcall = now() AT TIME ZONE 'utc' WHERE id = {cron}",  # noqa: S608
            ADDON,
        )
        self.postgres.execute("SELECT pg_notify('cron_trigger', %s)", (self.odoo.database,))

    def wait_for_runner(self, times: int = 1) -> None:
        """Wait until the job runner has announced itself so many times. Raises Failure."""

        def ready() -> bool:
            return self.odoo.jobs.log.read_text(errors="replace").count(RUNNER_READY) >= times

        if not processes.wait_until(ready, self.odoo.is_alive, PATIENCE):
            raise Failure("The job runner does not start.", f"Look into {self.odoo.jobs.log}.")

    @cached_property
    def source(self) -> int:
        """The id of the data source that the addon brings along."""
        return self.client.ref(f"{ADDON}.g2p_social_registry_data_source")

    def _connect_source(self) -> None:
        """Point the data source at our registry; it forgets its token and its check-up."""
        login = {
            "oauth_client_id": self.registry.client_id,
            "oauth_client_secret": self.registry.client_secret,
        }
        self.client.call(SOURCE, "write", [self.source], {"url": self.registry.base_url, **login})
        path = self.client.ref(f"{ADDON}.g2p_social_registry_oauth2_path")
        self.client.call(f"{SOURCE}.path", "write", [path], {"value": self.registry.token_url})

    def _shipped_query(self) -> str:
        shipped = self.client.ref(f"{ADDON}.g2p_fetch_sr_data")
        return self.client.read(IMPORT, shipped, ["query"])["query"]


@contextmanager
def stage(
    postgres: Server, database: str, jobs: config.Role = config.JOBS, **population: Any
) -> Iterator[Stage]:
    """A new database, a registry with such people, and Odoo; all put away afterwards.

    `population` are options of the sample registry. Raises Failure.
    """
    templates.create(postgres, database)
    try:
        with (
            launcher.running(**population) as registry,
            server.running(postgres, database, processes.any_free_port(), jobs) as odoo,
            closing(postgres.connect(database)) as session,
        ):
            ready = Stage(postgres, odoo, registry, rpc.Client(odoo), session)
            ready.wait_for_runner()
            yield ready
    finally:
        databases.drop(postgres, database)


def job_workers(number: int) -> config.Role:
    """So many workers, each for one page at a time; one page at a time is asked of a registry."""
    channel = config.IMPORTER_CHANNEL
    channels = f"root:{number},{channel}:{number},{channel}.fetch:1"
    return config.Role(workers=number, max_cron_threads=1, channels=channels)
