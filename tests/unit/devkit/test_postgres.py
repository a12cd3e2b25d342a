"""Whose PostgreSQL is used, and what is said when it cannot be used."""

import pytest

from devkit import cluster, postgres
from devkit.failure import Failure
from devkit.processes import free_port


@pytest.fixture
def weak_role(state, closed_folder):
    """An embedded server as a role without rights sees it."""
    own = cluster.Cluster(closed_folder / "postgres", cluster.embedded().programs)
    with own.in_use():
        strong = postgres.Server(str(own.sockets), cluster.PORT, cluster.ROLE)
        strong.execute("CREATE ROLE weak LOGIN")
        yield postgres.Server(str(own.sockets), cluster.PORT, "weak")


@pytest.mark.parametrize("name", ["PGHOST", "PGPORT", "PGUSER"])
def test_one_variable_is_enough_to_name_another_server(name):
    assert postgres.is_external({name: "x"})
    assert not postgres.is_external({name: ""})


def test_it_is_taken_as_named():
    env = {"PGHOST": "db.example.test", "PGPORT": "5433", "PGUSER": "odoo", "PGPASSWORD": "p"}
    assert postgres.external(env) == postgres.Server("db.example.test", 5433, "odoo", "p")
    assert postgres.external({"PGUSER": "odoo"}) == postgres.Server("", 5432, "odoo", "")


def test_a_password_is_not_shown_with_the_server():
    assert "geheim" not in repr(postgres.Server("h", 5432, "odoo", "geheim"))


def test_a_server_hands_on_what_it_was_named_by():
    env = {"PGHOST": "h", "PGPORT": "5433", "PGUSER": "odoo", "PGPASSWORD": "p"}
    assert postgres.external(env).environment() == env


@pytest.mark.parametrize("env", [{"PGHOST": "x"}, {"PGHOST": "x", "PGUSER": "postgres"}])
def test_a_role_that_odoo_cannot_use_is_refused_with_the_way_out(env):
    with pytest.raises(Failure) as caught:
        postgres.external(env)
    assert "createuser --createdb" in caught.value.advice


def test_a_server_out_of_reach_is_told_in_words():
    nobody = postgres.Server("127.0.0.1", free_port(20100), "odoo")
    with pytest.raises(Failure, match="does not let us in"):
        postgres.check(nobody)


def test_a_role_that_may_not_create_databases_is_refused(weak_role):
    with pytest.raises(Failure, match="may not create databases"):
        postgres.check(weak_role)
