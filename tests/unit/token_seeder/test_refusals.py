"""What the authenticator refuses, by VID or by dial."""

import pytest

from tests.servers.token_seeder.launcher import running

from .support import Client, person


def told(client, *vids):
    rows = client.results(*map(person, vids))
    return [(row["status"], row["errorCode"], row["errorMessage"]) for row in rows]


def test_refusals_go_by_the_vid(client):
    client.seeder.set_settings(
        refusals={"8$": ["IDA-MLC-018"], "9$": ["IDA-MLC-018", "IDA-DEA-001"]}
    )
    good, single, double = told(client, "7", "8", "9")
    assert good == ("processed", None, None)
    assert single == ("error", "IDA-MLC-018", "ID is not available in the database")
    assert double == (
        "error",
        "ATS-REQ-103",
        "IDA-MLC-018::ID is not available in the database,"
        "IDA-DEA-001::Demographic data do not match",
    )


def test_refusals_may_be_given_at_start():
    with running(refuse=["8$=IDA-MLC-018", "9$=IDA-MLC-028+IDA-MLC-029"]) as seeder:
        client = Client(seeder)
        assert [row[1] for row in told(client, "7", "8", "9")] == [
            None,
            "IDA-MLC-018",
            "ATS-REQ-103",
        ]
        client.http.close()


@pytest.mark.parametrize(
    ("dial", "expected"),
    [
        ({"ida_error": True}, ("IDA-MLC-018", "ID is not available in the database")),
        ({"ida_error": ["IDA-MLC-028"]}, ("IDA-MLC-028", "VID has a wrong length")),
        ({"aut_bas_001": True}, ("AUT_BAS_001", "Not Able to process auth request.")),
        ({"auth_exception": True}, ("ATS-REQ-100", "Unknown exception")),
        ({"auth_without_error": True}, ("ATS-REQ-100", None)),
    ],
)
def test_dials_refuse_without_regard_to_the_vid(client, dial, expected):
    client.seeder.set_dials(**dial)
    assert told(client, "1") == [("error", *expected)]
    client.seeder.set_dials()
    assert told(client, "1") == [("processed", None, None)]


def test_a_dial_may_wait_for_a_vid_and_for_so_many_records(client):
    client.seeder.set_dials(ida_error={"vid": "^4", "after": 1, "calls": 1})
    assert [row[0] for row in told(client, "41", "5", "42", "43")] == [
        "processed",
        "processed",
        "error",
        "processed",
    ]


@pytest.mark.parametrize(
    "settings",
    [{"refusals": {"(": ["X"]}}, {"refusals": {"1": "X"}}, {"pace": -1}, {"speed": 1}],
)
def test_a_setting_that_cannot_be_is_refused_and_nothing_changes(seeder, settings):
    before = seeder.control("GET", "settings")
    with pytest.raises(ValueError, match="400"):
        seeder.set_settings(intake=3, **settings)
    assert seeder.control("GET", "settings") == before
