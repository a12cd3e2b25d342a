"""The client against a sample MTS: what each of its answers asks us to do."""

import time
from threading import Thread

import pytest
from mts_wire import client as client_module
from mts_wire.callback import Callback, OAuth, OdooLogin, StaticBearer
from mts_wire.client import TokenSeeder
from mts_wire.envelope import Submission
from mts_wire.errors import (
    AddressError,
    ConfigurationError,
    ForgottenError,
    RefusalError,
    ServerError,
    TemporaryError,
    UnansweredError,
    UnreachableError,
)
from werkzeug import Response

from tests.servers.http_server import listen

NOBODY = "http://127.0.0.1:9"


def person(vid="111", **changes):
    record = {
        "vid": vid,
        "name": "Amara",
        "gender": "female",
        "dob": "1984/07/19",
        "fullAddress": "Plot 9",
    }
    return {name: value for name, value in (record | changes).items() if value is not None}


@pytest.fixture
def mts(seeder):
    with TokenSeeder(seeder.url) as mts:
        yield mts


def wait_until_done(mts, identifier):
    end = time.monotonic() + 10
    while not mts.status(identifier).startswith("processed"):
        assert time.monotonic() < end
        time.sleep(0.02)


def test_people_are_handed_over_and_their_tokens_fetched(mts, seeder):
    receipt = mts.submit(Submission(), [person("111"), person("2")])
    assert (len(receipt.identifier), receipt.none_valid) == (36, False)
    wait_until_done(mts, receipt.identifier)
    rows = mts.records(receipt.identifier)
    assert [row["token"] for row in rows] == [seeder.token_of("111"), seeder.token_of("2")]


def test_csv_goes_in_and_comes_out(mts, seeder):
    text = "vid,name,gender,dob,fullAddress\n111,Amara,female,1984/07/19,Plot 9\n"
    receipt = mts.submit_csv(Submission(output="csv"), text.encode(), 1)
    wait_until_done(mts, receipt.identifier)
    assert seeder.token_of("111") in mts.file(receipt.identifier, "csv").decode()


@pytest.mark.parametrize(
    "callback",
    [
        Callback(NOBODY),
        Callback(NOBODY, "PUT", 3, in_bulk=True, authentication=StaticBearer("word")),
        Callback(NOBODY, authentication=OdooLogin(f"{NOBODY}/login", "db", "bot", "word")),
        Callback(NOBODY, authentication=OAuth(f"{NOBODY}/token", client_id="c")),
    ],
)
def test_an_mts_takes_every_way_back_there_is(mts, seeder, callback):
    assert mts.submit(Submission(callback=callback), [person()]).identifier
    csv = Submission(output="csv", callback=Callback(NOBODY, in_bulk=True, file_name="file"))
    assert mts.submit(csv, [person()]).identifier


def test_a_200_with_errors_is_read(mts):
    receipt = mts.submit(Submission(), [{"vid": "1"}])
    assert receipt.none_valid
    wait_until_done(mts, receipt.identifier)
    assert mts.records(receipt.identifier)[0]["errorCode"] == "ATS-REQ-010"


@pytest.mark.parametrize(
    ("submission", "records", "code"),
    [
        (Submission(output_format="{a:"), [person()], "ATS-REQ-103"),
        (Submission(output="xml"), [person()], "ATS-REQ-102"),
        (Submission(mapping={"name": "name"}), [person()], "ATS-REQ-102"),
        (Submission(), [], "ATS-REQ-102"),
        (Submission(callback=Callback("nowhere")), [person()], "ATS-REQ-102"),
    ],
)
def test_a_refusal_has_the_codes_and_none_of_the_words(mts, submission, records, code):
    with pytest.raises(RefusalError) as caught:
        mts.submit(submission, records)
    assert caught.value.codes == (code,)
    assert code in str(caught.value)
    assert "Amara" not in str(caught.value)


@pytest.mark.parametrize(
    ("dial", "error", "words"),
    [
        ({"submit_500": True}, ServerError, "HTTP 500"),
        ({"submit_500": 503}, ServerError, "HTTP 503"),
        ({"submit_500": 429}, TemporaryError, "HTTP 429"),
        ({"submit_500": 404}, ConfigurationError, "No MTS answers"),
        ({"submit_500": 401}, ConfigurationError, "No MTS answers"),
        ({"submit_html": 502}, TemporaryError, "HTTP 502"),
        ({"submit_html": 200}, UnansweredError, "cut or is not JSON"),
        ({"submit_html": 404}, ConfigurationError, "No MTS answers"),
        ({"submit_reset": True}, UnansweredError, "cannot be reached, or the connection was cut"),
        ({"submit_lost": True}, UnansweredError, "cannot be reached, or the connection was cut"),
    ],
)
def test_whatever_goes_wrong_becomes_a_decision(mts, seeder, dial, error, words):
    seeder.set_dials(**dial)
    with pytest.raises(error, match=words) as caught:
        mts.submit(Submission(), [person()])
    assert caught.value.may_have_left


def test_without_a_connection_nothing_has_left():
    with TokenSeeder(NOBODY) as mts, pytest.raises(UnreachableError) as caught:
        mts.submit(Submission(), [person()])
    assert not caught.value.may_have_left


def test_an_mts_is_up_if_it_answers_at_all(mts, seeder):
    assert mts.is_up()
    seeder.set_dials(status_500=503)
    assert not mts.is_up()
    with TokenSeeder(NOBODY) as nobody:
        assert not nobody.is_up()


def test_a_value_of_a_wrong_type_is_passing_trouble_without_its_text(mts):
    with pytest.raises(TemporaryError, match="ATS-REQ-100") as caught:
        mts.submit(Submission(), [person(gender=False)])
    assert "bool" not in str(caught.value)


def test_what_is_not_ready_or_gone_is_told_apart(mts, seeder):
    seeder.set_settings(pace=30)
    receipt = mts.submit(Submission(), [person()])
    with pytest.raises(TemporaryError, match="not finished"):
        mts.records(receipt.identifier)
    seeder.restart()
    for call in (mts.status, mts.records):
        with pytest.raises(ForgottenError):
            call(receipt.identifier)


@pytest.mark.parametrize("output", ["json", "csv"])
def test_a_file_that_is_late_empty_or_cut_is_not_taken_for_one(mts, seeder, output):
    seeder.set_dials(file_late=0.15)
    receipt = mts.submit(Submission(output=output), [person("111"), person("2")])
    wait_until_done(mts, receipt.identifier)
    refusals = 0
    while True:
        try:
            content = mts.file(receipt.identifier, output)
            break
        except TemporaryError:
            refusals += 1
            time.sleep(0.03)
    assert refusals > 2
    assert seeder.token_of("2") in content.decode()


def test_patience_grows_with_the_number_of_people(mts, seeder, monkeypatch):
    monkeypatch.setattr(client_module, "PATIENCE", 0.1)
    monkeypatch.setattr(client_module, "PER_RECORD", 0.2)
    seeder.set_dials(submit_slow=0.8)
    with pytest.raises(UnansweredError, match="did not answer within"):
        mts.submit(Submission(), [person()])
    assert mts.submit(Submission(), [person()] * 10).identifier


def test_the_address_may_have_a_path_and_a_slash(seeder):
    with TokenSeeder(f"{seeder.url}/") as mts:
        assert mts.submit(Submission(), [person()]).identifier
    with TokenSeeder(f"{seeder.url}/elsewhere") as mts, pytest.raises(ConfigurationError):
        mts.submit(Submission(), [person()])


def test_nobody_is_called_in_clear_but_this_machine():
    in_clear = TokenSeeder("http://mts.example.test")
    with in_clear as mts, pytest.raises(AddressError, match="without encryption") as caught:
        mts.submit(Submission(), [person()])
    assert not caught.value.may_have_left
    allowed = TokenSeeder("http://mts.invalid", allowed_in_clear=True)
    with allowed as mts, pytest.raises(TemporaryError):
        mts.status("x")


@pytest.fixture
def elsewhere(seeder):
    """The address of a server that sends everybody on to the seeder."""
    heading = {"Location": f"{seeder.url}/authtoken/json"}
    server = listen(lambda _request: Response(status=307, headers=heading), "127.0.0.1", 0)
    thread = Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_redirect_is_not_followed(seeder, elsewhere):
    with (
        TokenSeeder(elsewhere) as mts,
        pytest.raises(ConfigurationError, match="redirects elsewhere"),
    ):
        mts.submit(Submission(), [person()])
    assert seeder.submissions() == []


def test_an_odk_window_without_submissions_is_a_refusal_with_its_code(mts, seeder):
    source = {
        "baseurl": seeder.odk_url,
        "odataurl": seeder.odk_odata_url,
        "email": seeder.odk_email,
        "password": seeder.odk_password,
    }
    with pytest.raises(RefusalError) as caught:
        mts.submit_odk(Submission(), source)
    assert caught.value.codes == ("ATS-REQ-23",)
    with pytest.raises(TemporaryError) as caught:
        mts.submit_odk(Submission(), source | {"password": "wrong"})
    assert "wrong" not in str(caught.value)
