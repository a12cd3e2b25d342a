"""The embedded PostgreSQL runs for as long as somebody uses it."""

import sys

import pytest

from devkit import cluster, paths
from devkit.failure import Failure
from devkit.postgres import Server


@pytest.fixture
def embedded(state, closed_folder):
    """A cluster in a folder that nobody else may enter."""
    new = cluster.Cluster(closed_folder / "postgres", cluster.embedded().programs)
    yield new
    new.stop()


def server(embedded):
    return Server(str(embedded.sockets), cluster.PORT, cluster.ROLE)


def test_it_starts_in_a_closed_folder_and_leaves_it_closed(embedded, closed_folder):
    with embedded.in_use():
        assert server(embedded).execute("SELECT current_user") == [("odoo",)]
    assert closed_folder.stat().st_mode & 0o077 == 0
    assert not embedded.is_running()


def test_the_port_of_another_server_does_not_confuse_it(embedded, monkeypatch):
    monkeypatch.setenv("PGPORT", "5455")
    with embedded.in_use():
        assert server(embedded).execute("SELECT 1") == [(1,)]


def test_what_was_stored_is_there_after_a_restart(embedded):
    with embedded.in_use():
        server(embedded).execute("CREATE TABLE kept ()")
    with embedded.in_use():
        assert server(embedded).execute("SELECT * FROM kept") == []


def test_the_first_to_go_leaves_it_running_for_the_second(embedded):
    with embedded.in_use():
        with embedded.in_use():
            pass
        assert embedded.is_running()
    assert not embedded.is_running()


def test_a_cluster_cut_off_in_the_making_is_made_anew(embedded):
    embedded.data.mkdir()
    (embedded.data / "rest").write_text("of a cluster")
    with embedded.in_use():
        assert not (embedded.data / "rest").exists()


def test_a_start_that_fails_is_told_with_the_reason(embedded):
    with embedded.in_use():
        pass
    with (embedded.data / "postgresql.conf").open("a") as file:
        file.write("no_such_setting = 1\n")
    with pytest.raises(Failure, match="pg_ctl failed") as caught:
        embedded.start()
    assert "no_such_setting" in caught.value.detail


def test_sockets_move_when_the_path_is_too_long_for_them(tmp_path):
    deep = tmp_path / ("x" * 100) / "postgres"
    assert cluster.Cluster(deep, tmp_path).sockets != deep


def test_it_is_the_one_of_this_environment():
    assert str(cluster.embedded().programs).startswith(sys.prefix)
    assert cluster.embedded().data == paths.CLUSTER
