"""Programs are run, waited for and ended, with all their children."""

import os
import signal
import socket
import subprocess
import sys
import time

import pytest

from devkit import paths, processes
from devkit.failure import Failure


def is_running(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rsplit(")")[-1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_for(condition) -> bool:
    return processes.wait_until(condition, lambda: True, 10)


def test_a_failing_program_tells_what_it_printed():
    with pytest.raises(processes.CommandFailed) as caught:
        processes.run([sys.executable, "-c", "print('no room'); raise SystemExit(3)"])
    assert caught.value.output == "no room\n"


def test_stop_ends_a_program_that_does_not_listen_and_its_children(tmp_path, script):
    child = tmp_path / "child"
    deaf = script("deaf", f"#!/bin/sh\ntrap '' TERM\nsleep 60 & echo $! > {child}\nsleep 60\n")
    process = processes.start([deaf], tmp_path / "log")
    assert wait_for(lambda: child.exists() and child.read_text().strip())
    processes.stop(process, patience=0.2)
    assert process.poll() is not None
    assert wait_for(lambda: not is_running(int(child.read_text())))


def test_a_program_ends_with_the_one_that_started_it(tmp_path):
    note = tmp_path / "pid"
    starter = (
        "from pathlib import Path; from devkit import processes; import time\n"
        f"p = processes.start(['sleep', '60'], Path('{tmp_path}/log'))\n"
        f"Path('{note}').write_text(str(p.pid))\n"
        "time.sleep(60)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", starter], cwd=paths.ROOT)
    assert wait_for(lambda: note.exists() and note.read_text())
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()
    assert wait_for(lambda: not is_running(int(note.read_text())))


def test_a_busy_port_is_passed_over():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert not processes.is_free(port)
        assert processes.free_port(port) > port


def test_no_free_port_is_told_in_words(monkeypatch):
    monkeypatch.setattr(processes, "is_free", lambda port, interface: False)
    with pytest.raises(Failure, match="No free port between 8069 and 8268"):
        processes.free_port(8069)


def test_programs_that_start_at_once_do_not_look_for_a_port_at_the_same_place():
    found = {processes.any_free_port() for _time in range(20)}
    assert len(found) > 10
    assert all(processes.is_free(port) for port in found)
    assert min(found) >= 10_000
    assert max(found) < 32_768


def test_waiting_ends_when_the_program_is_gone():
    began = time.monotonic()
    assert not processes.wait_until(lambda: False, lambda: False, seconds=30)
    assert time.monotonic() - began < 5


def test_nobody_answers_on_a_closed_port():
    assert not processes.answers(f"http://127.0.0.1:{processes.free_port(20000)}/web/health")
