"""What the seeder accepts and refuses, and in which form."""

import re

import pytest

from .support import calling, envelope, person, refused

ANSWER_KEYS = {"id", "version", "metadata", "responsetime", "errors", "response"}


def changed(*path, value):
    """A good envelope with one value replaced; `...` takes the key away."""
    body = envelope(person())
    place = body
    for key in path[:-1]:
        place = place[key]
    if value is ...:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return body


def test_an_accepted_request_gets_an_identifier_of_36_characters(client):
    response = client.post(envelope(person()))
    body = response.json()
    assert response.status_code == 200
    assert set(body) == ANSWER_KEYS
    assert (body["id"], body["version"]) == ("mosip.token.seeder", "1.1.0")
    assert (body["metadata"], body["errors"]) == ({}, None)
    assert re.fullmatch(r"00[0-9a-f-]{34}", body["response"]["request_identifier"])


def test_the_time_of_every_answer_is_that_of_the_start(client):
    first, second = (client.post(envelope(person())).json()["responsetime"] for _ in range(2))
    assert first == second
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", first)


@pytest.mark.parametrize("time", ["2026-03-02T08:20:00.1Z", "2026-03-02T08:20:00.123456Z"])
def test_the_time_of_a_request_has_one_to_six_digits_of_a_second(client, time):
    assert client.post(changed("requesttime", value=time)).status_code == 200


@pytest.mark.parametrize(
    "time",
    [
        "",
        "2026-03-02T08:20:00Z",
        "2026-03-02T08:20:00.000+00:00",
        "2026-03-02T08:20:00.000",
        "2026-13-02T08:20:00.000Z",
    ],
)
def test_another_time_of_a_request_is_a_400(client, time):
    assert client.refusal(changed("requesttime", value=time)) == (400, "ATS-REQ-102")


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("id",), ...),
        (("version",), None),
        (("metadata",), {}),
        (("metadata",), ...),
        (("requesttime",), ...),
        (("request",), ...),
        (("request", "output"), ...),
        (("request", "mapping"), None),
        (("request", "mapping"), {"name": "name"}),
        (("request", "mapping"), {"fullAddress": "address"}),
        (("request", "mapping"), {"vid": ["vid"]}),
        (("request", "authdata"), {"vid": "1"}),
        (("request", "authdata"), ["1"]),
        (("request", "callbackProperties"), {"url": "/relative"}),
        (("request", "callbackProperties"), {"url": False}),
        (("request", "callbackProperties"), {}),
    ],
)
def test_a_wrong_shape_is_a_422(client, path, value):
    assert client.refusal(changed(*path, value=value)) == (422, "ATS-REQ-102")


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("request", "output"), "xml"),
        (("request", "output"), ""),
        (("request", "deliverytype"), "sync"),
        (("request", "deliverytype"), ""),
        (("request", "authdata"), []),
        (("request", "authdata"), ...),
    ],
)
def test_a_wrong_meaning_is_a_400(client, path, value):
    assert client.refusal(changed(*path, value=value)) == (400, "ATS-REQ-102")


def test_no_body_is_a_400_and_no_json_a_422(client):
    url = f"{client.seeder.url}/authtoken/json"
    assert refused(client.http.post(url, timeout=20)) == (400, "ATS-REQ-102")
    assert refused(client.http.post(url, data=b"{", timeout=20)) == (422, "ATS-REQ-102")


def test_a_missing_deliverytype_is_a_500(client):
    body = changed("request", "deliverytype", value=...)
    assert client.refusal(body) == (500, "ATS-REQ-100")


@pytest.mark.parametrize(("value", "status"), [(None, 200), ("", 200), ("{ref:", 400), (True, 400)])
def test_an_output_format_is_compiled_when_it_comes_in(client, value, status):
    response = client.post(changed("request", "outputFormat", value=value))
    assert response.status_code == status
    if status == 400:
        assert refused(response) == (400, "ATS-REQ-103")


ODOO = {"authUrl": "http://x/login", "database": "d", "username": "u", "password": "p"}


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        ({"authType": "basic"}, (400, "ATS-REQ-027")),
        ({"authType": False}, (400, "ATS-REQ-027")),
        ({"authType": "odoo"}, (400, "ATS-REQ-028")),
        ({"authType": "oauth"}, (400, "ATS-REQ-029")),
        ({"authType": "staticBearer"}, (400, "ATS-REQ-030")),
        ({"authType": "odoo", "authOdoo": ODOO | {"authUrl": ""}}, (400, "ATS-REQ-031")),
        ({"authType": "odoo", "authOdoo": ODOO | {"username": ""}}, (400, "ATS-REQ-032")),
        ({"authType": "odoo", "authOdoo": ODOO | {"database": False}}, (400, "ATS-REQ-033")),
        ({"authType": "odoo", "authOdoo": {"authUrl": "http://x/login"}}, (422, "ATS-REQ-102")),
        ({"authType": "staticBearer", "authStaticBearer": {"token": ""}}, (400, "ATS-REQ-034")),
    ],
)
def test_what_is_missing_for_a_callback_has_its_own_code(client, properties, expected):
    body = envelope(person(), **calling("http://127.0.0.1:9/", **properties))
    assert client.refusal(body) == expected


def test_a_callback_needs_properties_and_a_csv_one_a_file_name_in_bulk(client):
    assert client.refusal(envelope(person(), deliverytype="callback")) == (400, "ATS-REQ-024")
    wish = calling("http://127.0.0.1:9/")
    assert client.refusal(envelope(person(), output="csv", **wish)) == (400, "ATS-REQ-025")
    wish = calling("http://127.0.0.1:9/", requestFileName="f")
    assert client.refusal(envelope(person(), output="csv", **wish)) == (400, "ATS-REQ-026")


def test_other_paths_and_methods_are_answered_by_fastapi(client):
    assert client.get("/nothing").json() == {"detail": "Not Found"}
    response = client.get("/authtoken/json")
    assert (response.status_code, response.json()) == (405, {"detail": "Method Not Allowed"})


def test_ping_and_the_names_of_the_fields(client):
    assert client.get("/ping").json() == "[0 - 0] pong"
    assert client.get("/authtoken/authfields").json()["response"]["authfields"] == [
        "vid",
        "name",
        "gender",
        "dob",
        "phoneNumber",
        "emailId",
        "fullAddress",
    ]
