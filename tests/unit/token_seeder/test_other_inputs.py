"""CSV, ODK and the synchronous mode."""

import pytest

from tests.servers.token_seeder.launcher import running
from tests.servers.token_seeder.tokens import token_of

from .support import Client, envelope, person, refused, wait_for

HEADER = "vid,name,gender,dob,fullAddress\n"
ROW = "111,Amara,female,1984/07/19,Plot 9\n"


def test_csv_is_read_with_its_delimiter(client):
    for text, more in (
        (HEADER + ROW, {}),
        ((HEADER + ROW).replace(",", ";"), {"csvDelimiter": ";"}),
    ):
        response = client.post_csv(text, **more)
        identifier = response.json()["response"]["request_identifier"]
        assert client.finished(identifier) == "processed"
        wait_for(lambda identifier=identifier: client.file(identifier).text)
        assert client.file(identifier).json()[0]["token"] == token_of("111", "p1")


def test_csv_without_rows_is_refused_and_processed(client):
    body = client.post_csv(HEADER).json()
    assert body["errors"][0]["errorCode"] == "ATS-REQ-101"
    identifier = body["response"]["request_identifier"]
    assert client.finished(identifier) == "processed"
    wait_for(lambda: client.file(identifier).text == "[]")


def test_csv_without_file_is_a_400(client):
    assert refused(client.post_csv(None)) == (400, "ATS-REQ-102")


def submission(number, moment):
    return {"__id": f"uuid:{number}", "__system": {"submissionDate": moment}, **person(str(number))}


def odk(seeder, **changes):
    config = {
        "baseurl": seeder.odk_url,
        "odataurl": seeder.odk_odata_url,
        "email": seeder.odk_email,
        "password": seeder.odk_password,
        **changes,
    }
    body = envelope(odkconfig={name: value for name, value in config.items() if value is not None})
    del body["request"]["authdata"]
    return body


@pytest.fixture
def central(seeder):
    seeder.put_submissions(
        [
            submission(1, "2026-03-01T00:00:00.000Z"),
            submission(2, "2026-03-02T00:00:00.000Z"),
            submission(3, "2026-03-03T00:00:00.000Z"),
        ]
    )
    return seeder


def pulled(client, body):
    response = client.post(body, "odk")
    assert response.status_code == 200, response.text
    identifier = response.json()["response"]["request_identifier"]
    wait_for(lambda: client.finished(identifier) and client.file(identifier).text)
    return [row["vid"] for row in client.file(identifier).json()]


def test_odk_submissions_are_pulled_by_url_or_by_project_and_form(client, central):
    assert pulled(client, odk(central)) == ["1", "2", "3"]
    assert pulled(client, odk(central, odataurl=None, projectid="1", formid="people")) == [
        "1",
        "2",
        "3",
    ]


def test_the_odk_window_includes_its_start_and_not_its_end(client, central):
    window = {"startdate": "2026-03-01T00:00:00.000Z", "enddate": "2026-03-03T00:00:00.000Z"}
    assert pulled(client, odk(central, **window)) == ["1", "2"]
    assert pulled(client, odk(central, startdate="2026-03-02T00:00:00.000Z")) == ["1", "2", "3"]
    later = {"startdate": "2026-04-01T00:00:00.000Z", "enddate": "2026-05-01T00:00:00.000Z"}
    assert client.refusal(odk(central, **later), "odk") == (400, "ATS-REQ-23")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"baseurl": ""}, "ATS-REQ-18"),
        ({"baseurl": None, "email": None}, "ATS-REQ-18"),
        ({"email": ""}, "ATS-REQ-19"),
        ({"password": None}, "ATS-REQ-20"),
        ({"odataurl": ""}, "ATS-REQ-21"),
        ({"odataurl": None, "projectid": "1"}, "ATS-REQ-22"),
    ],
)
def test_what_is_missing_for_odk_has_its_own_code(client, central, changes, code):
    assert client.refusal(odk(central, **changes), "odk") == (400, code)


def test_an_odk_server_that_refuses_or_is_not_there_is_a_500(client, central):
    assert client.refusal(odk(central, password="wrong"), "odk") == (500, "ATS-REQ-100")
    nowhere = odk(central, baseurl="http://127.0.0.1:9")
    assert client.refusal(nowhere, "odk") == (500, "ATS-REQ-100")


@pytest.fixture
def sync():
    with running(sync=True, prefix="/mosiptokenseeder/", refuse="8$=IDA-MLC-018") as seeder:
        client = Client(seeder)
        client.url = f"{seeder.url}/mosiptokenseeder/authtoken"
        yield client
        client.http.close()


def ask(client, authdata):
    body = envelope()
    body["request"] = {"authdata": authdata} if authdata is not None else {}
    return client.http.post(f"{client.url}/json", json=body, timeout=20)


def test_a_synchronous_server_answers_one_record_at_once(sync):
    body = ask(sync, person("111")).json()
    assert body["response"] == {"authStatus": True, "authToken": token_of("111", "p1")}
    assert (body["version"], body["errors"]) == ("1.0", None)
    body = ask(sync, person("8")).json()
    assert body["response"] == {"authStatus": False}
    assert body["errors"][0]["errorCode"] == "IDA-MLC-018"
    sync.seeder.set_dials(sync_errors=True)
    body = ask(sync, person("111")).json()
    assert body["response"]["authStatus"] is True
    assert body["errors"] == [{"errorCode": "", "errorMessage": ". "}]


def test_a_synchronous_server_refuses_records_by_status(sync):
    assert refused(ask(sync, person("1", gender=None))) == (400, "ATS-REQ-011")
    assert refused(ask(sync, None)) == (400, "ATS-REQ-009")
    assert refused(ask(sync, [person("1")])) == (422, "ATS-REQ-102")
    sync.seeder.set_dials(auth_exception=True)
    assert refused(ask(sync, person("1"))) == (500, "ATS-REQ-100")


def test_a_synchronous_server_has_no_csv_and_no_odk(sync):
    for kind in ("csv", "odk"):
        assert sync.http.post(f"{sync.url}/{kind}", json={}, timeout=20).status_code == 404
