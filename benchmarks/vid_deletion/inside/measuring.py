"""One way of deleting VIDs, measured in a process of its own."""

import gc
import json
import os
import sys

from odoo.modules.registry import Registry

from benchmarks.importing.direct.measuring import readings
from benchmarks.importing.machine import forget_peak, peak_memory

from .nothing import Nothing
from .prepare import prepare
from .ways import Bare, Floor, Swept, Unswept

WAYS = {"bare": Bare, "floor": Floor, "unswept": Unswept, "swept": Swept, "nothing": Nothing}


def run(name: str, database: str) -> None:
    """Do it, and print what it took, or what was prepared."""
    registry = Registry(database)
    result = prepare(registry) if name == "prepare" else measure(WAYS[name](registry))
    print(json.dumps(result), flush=True)


def measure(way) -> dict:
    """Wait for a line on standard input, do it, and tell what it took."""
    gc.freeze()
    print("ready", flush=True)
    sys.stdin.readline()
    forget_peak(os.getpid())
    before = readings()
    found = way.run()
    used = {name: value - before[name] for name, value in readings().items()}
    return {**used, "memory": peak_memory(os.getpid()), **found}
