"""Records: where fields are found, what is missing first, and what breaks the whole request."""

import pytest

from tests.servers.token_seeder.launcher import running
from tests.servers.token_seeder.tokens import token_of

from .support import Client, envelope, person


def code(client, record, **request):
    (row,) = client.results(record, person("2"), **request)[:1]
    return row["errorCode"]


def test_a_token_is_the_digest_of_vid_and_partner(client):
    assert token_of("111", "p1") == "cnc7JLCwcO4LYw_FWuK97RQAY8H54L3iSJCcBD5fOOA"
    assert client.results(person("111")) == [
        {
            "vid": "111",
            "status": "processed",
            "token": "cnc7JLCwcO4LYw_FWuK97RQAY8H54L3iSJCcBD5fOOA",
            "errorCode": None,
            "errorMessage": None,
        }
    ]
    assert client.seeder.token_of("111") == token_of("111", "p1")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"vid": None}, "ATS-REQ-009"),
        ({"vid": ""}, "ATS-REQ-009"),
        ({"name": None}, "ATS-REQ-010"),
        ({"name": ""}, "ATS-REQ-003"),
        ({"name": False}, "ATS-REQ-003"),
        ({"gender": None}, "ATS-REQ-011"),
        ({"gender": ""}, "ATS-REQ-004"),
        ({"dob": None}, "ATS-REQ-012"),
        ({"dob": ""}, "ATS-REQ-006"),
        ({"fullAddress": None}, "ATS-REQ-015"),
        ({"fullAddress": ""}, "ATS-REQ-008"),
        ({"name": None, "gender": None, "dob": ""}, "ATS-REQ-010"),
        ({"phoneNumber": False, "emailId": False}, None),
        ({"phoneNumber": 712, "emailId": ""}, None),
    ],
)
def test_only_the_first_fault_of_a_record_is_told(client, changes, expected):
    record = person("1") | changes
    record = {name: value for name, value in record.items() if value is not None}
    assert code(client, record) == expected


@pytest.mark.parametrize(
    "changes",
    [
        {"gender": False},
        {"gender": 1},
        {"gender": ["female"]},
        {"dob": False},
        {"dob": 1984},
        {"name": 7},
        {"fullAddress": 9},
    ],
)
def test_a_value_of_a_type_nobody_thought_of_fails_the_whole_request(client, changes):
    assert client.refusal(envelope(person("1"), person("2", **changes))) == (500, "ATS-REQ-100")
    assert client.seeder.requests() == []


def test_all_records_invalid_is_a_200_with_errors_and_a_delivery(client):
    response = client.post(envelope({"vid": "7"}, {"name": "x"}))
    body = response.json()
    assert (response.status_code, body["errors"][0]["errorCode"]) == (200, "ATS-REQ-101")
    identifier = body["response"]["request_identifier"]
    assert client.finished(identifier) == "processed_with_errors"
    rows = client.file(identifier).json()
    assert [(row["vid"], row["status"]) for row in rows] == [("7", "invalid"), (None, "invalid")]


def test_an_invalid_record_shows_only_what_stands_under_vid(client):
    mapping = {"vid": "ids[0].value"}
    bad, good = client.results(
        {"ids": [{"value": "5"}]}, person(None, ids=[{"value": "6"}]), mapping=mapping
    )
    assert (bad["vid"], good["vid"]) == (None, "6")


def test_the_mapping_is_made_of_jq_paths(client):
    mapping = {
        "vid": "ids[0].value",
        "name": ["names.first", "names.middle", "names.last"],
        "gender": '"sex at birth"',
        "dob": "born",
        "fullAddress": ["street", "town"],
    }
    record = {
        "ids": [{"value": "111"}],
        "names": {"first": "Amara", "middle": "", "last": "Otieno"},
        "sex at birth": "female",
        "born": "1984-07-19",
        "street": "Plot 9",
    }
    (row,) = client.results(record, mapping=mapping)
    assert row["token"] == token_of("111", "p1")
    (row, _good) = client.results(record, person("2"), mapping={"vid": "ids.value"})
    assert row["errorCode"] == "ATS-REQ-009"


def test_large_numbers_become_floats_on_the_way(client):
    (row,) = client.results(person(2014391641351271))
    assert row["vid"] == "2014391641351271.0"
    assert row["token"] == token_of("2014391641351271.0", "p1")
    (row,) = client.results(person(2147483647), outputFormat="{ref: .input.big, vid: .output.vid}")
    assert row == {"ref": None, "vid": "2147483647"}
    identifier = client.submit(person("1", big=2147483648), outputFormat=".input.big")
    assert client.finished(identifier) == "processed"
    assert client.file(identifier).text == "[2147483648.0]"


def test_the_same_vid_twice_is_two_results(client):
    first, second = client.results(person("3"), person("3"))
    assert first == second


def test_which_fields_must_be_there_is_a_setting():
    with running(mandatory="name,phoneNumber,emailId") as seeder:
        client = Client(seeder)
        record = {"vid": "1", "name": "A", "phoneNumber": "7", "emailId": "a@example.test"}
        assert code(client, record) is None
        assert code(client, record | {"phoneNumber": ""}) == "ATS-REQ-013"
        assert code(client, record | {"emailId": ""}) == "ATS-REQ-014"
        client.http.close()


@pytest.mark.parametrize(
    ("program", "expected"),
    [
        ("{ref: .input.ref, token: .output.token}", {"ref": "p-1", "token": token_of("1", "p1")}),
        (".input.ref, .output", "p-1"),
        (".input.ref + 1", None),
        ("empty", None),
        (False, None),
    ],
)
def test_an_output_format_gives_its_first_result_and_null_for_an_error(client, program, expected):
    assert client.results(person("1", ref="p-1"), outputFormat=program) == [expected]
