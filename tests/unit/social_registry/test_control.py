"""The control endpoints: explicit records, counts, log, reset."""

import pytest
from werkzeug import Request
from werkzeug.test import create_environ

from tests.servers.social_registry import options
from tests.servers.social_registry.app import App

from .support import MEMBERS, envelope, group, person


def test_truth_counts_what_a_client_gets(registry):
    counts = registry.put_registrants(
        [
            person("p1", reg_ids=[{"id_type": "NATIONAL ID", "value": "1"}]),
            person("p2"),
            person("p3"),
            person("gone", active=False),
            group("h1", "p1", "p2", reg_ids=[{"id_type": "HOUSEHOLD NO", "value": "1"}]),
            group("h2", "p2"),
        ]
    )
    assert counts == registry.truth()
    assert counts == {
        "households": 2,
        "households_with_id": 1,
        "households_without_id": 1,
        "individuals": 3,
        "individuals_with_id": 1,
        "individuals_without_id": 2,
        "memberships": 3,
        "people_in_households": 2,
    }


def test_patch_changes_only_what_is_given(client):
    client.registry.put_registrants([person("p1", gender="Male", address="A"), group("h1", "p1")])
    client.registry.patch_registrants([{"key": "p1", "address": "B"}, person("p2")])
    query = '{ getRegistrants(isGroup: false, order: "id") { name gender address } }'
    assert client.records(query)["getRegistrants"] == [
        {"name": "P1", "gender": "Male", "address": "B"},
        {"name": "P2", "gender": None, "address": None},
    ]
    # The household shows the person as it is now.
    shown = client.records(
        "{ getRegistrants(isGroup: true) { groupMembershipIds { individual { address } } } }"
    )
    (row,) = shown["getRegistrants"][0]["groupMembershipIds"]
    assert row == {"individual": {"address": "B"}}


def test_delete_takes_the_memberships_along(client):
    client.registry.put_registrants([person("p1"), person("p2"), group("h1", "p1", "p2")])
    assert client.registry.delete_registrant("p1")["memberships"] == 1
    (home,) = client.records(MEMBERS)["getRegistrants"]
    assert home["groupMembershipIds"] == [{"individual": {"name": "P2"}}]
    with pytest.raises(ValueError, match="404"):
        client.registry.delete_registrant("p1")


@pytest.mark.parametrize(
    "bad",
    [
        {"name": "no key"},
        person("p9", surname="x"),
        group("h9", "nobody"),
        person("p9", create_date="soon"),
    ],
)
def test_a_bad_record_is_refused_and_nothing_is_stored(registry, bad):
    before = registry.truth()
    for method in (registry.put_registrants, registry.patch_registrants):
        with pytest.raises(ValueError, match="400"):
            method([person("p8"), bad])
    assert registry.truth() == before


def test_population_is_replaced(registry):
    counts = registry.populate(households=3, individuals=20, seed=9)
    assert (counts["households"], counts["individuals"]) == (3, 20)
    with pytest.raises(ValueError, match="400"):
        registry.populate(households=3, individuals=2)


def test_log_shows_envelope_page_status_and_faults(client):
    client.registry.clear_log()
    client.registry.set_dials(http_500={"after": 1, "calls": 1})
    query = "{ getRegistrants(limit: 4, offset: 8) { name } }"
    client.search(query)
    client.search(query)
    client.post({"header": {}})
    done, failed, bad = client.registry.log()
    assert done["envelope"] == envelope(query)
    assert (done["limit"], done["offset"], done["status"], done["faults"]) == (4, 8, 200, [])
    assert (failed["status"], failed["faults"]) == (500, ["http_500"])
    assert (bad["limit"], bad["offset"], bad["status"]) == (None, None, 422)
    client.registry.clear_log()
    assert client.registry.log() == []


def test_token_calls_are_counted(client):
    client.registry.clear_log()
    client.ask_token()
    client.ask_token(client_secret="wrong")
    assert client.registry.token_calls() == 2


def test_reset_brings_back_the_start(client):
    registry = client.registry
    start, names = registry.truth(), client.names('order: "id"')
    registry.set_dials(reset=True)
    registry.put_registrants([])
    assert registry.reset() == start
    assert client.names('order: "id"') == names
    assert registry.control("GET", "dials") == {}
    assert len(registry.log()) == 1


def test_other_machines_are_refused():
    app = App(options.read(["--households", "1"]))
    for address, status in (("127.0.0.1", 200), ("::1", 200), ("192.0.2.7", 403)):
        environ = create_environ("/control/truth", environ_base={"REMOTE_ADDR": address})
        assert app(Request(environ)).status_code == status, address


def test_unknown_control_calls_are_404(registry):
    for method, path in (("GET", "nothing"), ("DELETE", "truth"), ("GET", "registrants/p1")):
        with pytest.raises(ValueError, match="404"):
            registry.control(method, path)
