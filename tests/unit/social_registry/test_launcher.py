"""Starting and stopping the registry as a process of its own."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from tests.servers.process import ROOT
from tests.servers.social_registry import launcher

from .support import Client


def test_options_reach_the_command_line(tmp_path):
    steps = tmp_path / "changes.json"
    steps.write_text('[{"added": 2}, {"households": 1, "after": 0.2}]')
    with launcher.running(
        households=3,
        individuals=9,
        seed=2,
        dial=["http_500", 'http_429={"value": 3, "calls": 1}'],
        changes=[str(steps), "added=1"],
        client_secret="other",
        token_lifetime=77,
        lenient=True,
    ) as registry:
        registry.client_secret = "other"
        assert registry.truth()["individuals"] == 12
        assert set(registry.control("GET", "dials")) == {"http_500", "http_429"}
        registry.set_dials()
        client = Client(registry)
        assert client.ask_token().json()["expires_in"] == 77
        client.log_in()
        accepted = client.http.post(
            registry.search_url,
            data=b'{"header": {"total_count": 0}, "message": {"search_request": []}}',
            timeout=20,
        )
        assert accepted.status_code == 200
        wait_for(lambda: registry.truth()["households"] == 4)
    assert registry.process.returncode is not None


def wait_for(condition, seconds=5):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


PARENT = """
    import sys, time
    sys.path.append({root!r})
    from tests.servers.social_registry import launcher
    registry = launcher.start(households=1)
    assert registry.truth()["households"] == 1
    print(registry.process.pid, flush=True)
    time.sleep(60)
"""


def test_started_from_elsewhere_and_gone_when_the_parent_is_killed(tmp_path):
    code = textwrap.dedent(PARENT.format(root=str(ROOT)))
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=tmp_path, env=environ, stdout=subprocess.PIPE, text=True
    ) as parent:
        child = int(parent.stdout.readline())
        assert runs(child)
        parent.send_signal(signal.SIGKILL)
    wait_for(lambda: not runs(child))


def runs(pid):
    """Tell whether a process lives; an ended one that nobody has collected does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_a_registry_that_cannot_start_says_so(capfd):
    with pytest.raises(RuntimeError, match="did not start"):
        launcher.start(dial="no_such=1")
    assert "no dial 'no_such'" in capfd.readouterr().err
