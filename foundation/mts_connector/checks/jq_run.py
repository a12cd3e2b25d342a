"""What a jq program makes of some values, found out without trusting it."""

import json
import os
import subprocess
import sys
from pathlib import Path

_CHILD = Path(__file__).with_name("jq_child.py")
#: Seconds for all of it; the program itself has fewer, see ``jq_child``.
_PATIENCE = 10


def run_jq(program, values):
    """Run ``program`` (a text that compiles) on each of ``values``.

    A jq program can read the environment, loop for ever and fill the memory, so it runs in a
    process of its own: without our environment, for a second, with little memory.

    :returns: list of its first result for each value; None if it fails, gives nothing or too much
    """
    try:
        child = subprocess.run(  # noqa: S603  a fixed command; the program is its input
            [sys.executable, _CHILD],
            input=json.dumps({"program": program, "values": values}).encode(),
            env={"PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            timeout=_PATIENCE,
            check=True,
        )
        return json.loads(child.stdout)
    except (subprocess.SubprocessError, ValueError):
        return None
