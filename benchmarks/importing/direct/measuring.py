"""One way of creating people, measured in a process of its own."""

import gc
import json
import os
import sys
import time
from argparse import Namespace

from odoo import SUPERUSER_ID, api, sql_db
from odoo.modules.registry import Registry

from benchmarks.importing.machine import cpu_seconds, forget_peak, peak_memory

from .floor import Floor
from .naive import Naive
from .pages import read_pages
from .reading import Reading

WAYS = {"floor": Floor, "naive": Naive, "reading": Reading}
IMPORT = "g2p.fetch.social.registry.beneficiary"


def measure(arguments: Namespace) -> None:
    """Prepare, wait for a line on standard input, create page by page, and tell what it took.

    :param arguments: `pages` is how many pages there are; we take `share` of `shares`
    """
    registry = Registry(arguments.database)
    numbers = range(arguments.share, arguments.pages, arguments.shares)
    with registry.cursor() as cursor:
        env = api.Environment(cursor, SUPERUSER_ID, {})
        importer = env[IMPORT].browse(arguments.importer)
        user = env.ref("base.user_admin").id
        way = WAYS[arguments.way](importer, f"{arguments.way}-{arguments.share}-")
        pages = list(way.prepare(read_pages(importer, numbers)))
    # What was prepared is not to be looked through again and again while it is created.
    gc.freeze()
    print("ready", flush=True)
    sys.stdin.readline()
    forget_peak(os.getpid())
    before = readings()
    people = sum(create(registry, user, way, page) for page in pages)
    used = {name: value - before[name] for name, value in readings().items()}
    print(json.dumps({"people": people, "memory": peak_memory(os.getpid()), **used}), flush=True)


def create(registry: Registry, user: int, way, page) -> int:
    """Create a page in a transaction of its own, as a job does; how many people that is."""
    with registry.cursor() as cursor:
        return way.create(api.Environment(cursor, user, {}), page)


def readings() -> dict[str, float]:
    """Counters whose difference is what something took."""
    return {
        "seconds": time.monotonic(),
        "statements": sql_db.sql_counter,
        "cpu": cpu_seconds(os.getpid()),
    }
