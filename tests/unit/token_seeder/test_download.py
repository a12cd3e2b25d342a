"""Status and file, from the queue to clean-up."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.servers.token_seeder.launcher import running

from .support import Client, envelope, person, refused, wait_for


def test_a_request_waits_is_processed_and_has_a_file(client):
    client.seeder.set_settings(pace=0.2)
    first, second = client.submit(person("1"), person("2")), client.submit(person("3"))
    assert (client.status(first), client.status(second)) == ("processing", "submitted")
    assert refused(client.file(first)) == (202, "ATS-REQ-017")
    assert (client.finished(first), client.finished(second)) == ("processed", "processed")
    wait_for(lambda: client.file(second).text)
    response = client.file(first)
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert [row["vid"] for row in response.json()] == ["1", "2"]


def test_one_bad_record_makes_it_processed_with_errors(client):
    identifier = client.submit(person("1"), {"vid": "2"})
    assert client.finished(identifier) == "processed_with_errors"


def test_nobody_knows_an_unknown_request(client):
    for path in ("status", "file"):
        assert refused(client.get(f"/authtoken/{path}/00-nothing")) == (404, "ATS-REQ-016")


def test_the_status_is_there_before_the_file_and_the_file_before_its_content(client):
    client.seeder.set_dials(file_late=0.3)
    identifier = client.submit(person("1"), person("2"))
    assert client.finished(identifier) == "processed"
    assert refused(client.file(identifier)) == (500, "ATS-REQ-100")
    wait_for(lambda: client.file(identifier).status_code == 200)
    assert client.file(identifier).text == ""
    wait_for(lambda: client.file(identifier).text)
    part = client.file(identifier).text
    wait_for(lambda: client.file(identifier).text != part)
    whole = client.file(identifier)
    assert len(whole.json()) == 2
    assert whole.text.startswith(part)


def test_a_file_that_cannot_be_written_leaves_its_own_status_and_202_for_ever(client):
    client.seeder.set_dials(download_error="disk_space_error")
    identifier = client.submit(person("1"))
    wanted = "error_creating_download_disk_space_error"
    wait_for(lambda: client.status(identifier) == wanted)
    assert refused(client.file(identifier)) == (202, "ATS-REQ-017")


def test_a_csv_file_has_a_header_and_empty_cells_for_null(client):
    identifier = client.submit(person("111"), {"vid": "2"}, output="csv")
    assert client.finished(identifier) == "processed_with_errors"
    wait_for(lambda: "010" in client.file(identifier).text)
    lines = client.file(identifier).text.splitlines()
    assert lines == [
        "vid,status,token,errorCode,errorMessage",
        "111,processed,cnc7JLCwcO4LYw_FWuK97RQAY8H54L3iSJCcBD5fOOA,,",
        "2,invalid,,ATS-REQ-010,name or its mapping not present",
    ]


def test_a_csv_file_takes_its_columns_from_the_output_format_and_fails_for_null(client):
    wish = {"output": "csv", "outputFormat": "{ref: .input.ref, status: .output.status}"}
    identifier = client.submit(person("1", ref="a"), **wish)
    wait_for(lambda: client.finished(identifier) and client.file(identifier).text)
    assert client.file(identifier).text == "ref,status\r\na,processed\r\n"
    identifier = client.submit(person("1"), output="csv", outputFormat="null")
    wanted = "error_creating_download_unknown_exception"
    wait_for(lambda: client.status(identifier) == wanted)


def test_clean_up_goes_by_the_age_of_the_request_finished_or_not(client):
    client.seeder.set_settings(pace=0.3)
    identifier = client.submit(person("1"), person("2"))
    assert client.seeder.clean_up(older_than=60) == []
    assert client.seeder.clean_up() == [identifier]
    assert refused(client.get(f"/authtoken/status/{identifier}")) == (404, "ATS-REQ-016")
    # What is cut off half-way never ends, and the next one is not held up.
    client.seeder.set_settings(pace=0)
    assert client.results(person("3"))[0]["status"] == "processed"


def test_clean_up_comes_by_itself():
    with running(expiry=0.1, sweep=0.1) as seeder:
        client = Client(seeder)
        identifier = client.submit(person("1"))
        path = f"/authtoken/status/{identifier}"
        wait_for(lambda: client.get(path).status_code == 404)
        client.http.close()


def test_a_restart_forgets_requests_or_leaves_them_as_they_were_for_ever(client):
    client.seeder.set_settings(pace=0.2)
    under_way, waiting = client.submit(person("1"), person("2")), client.submit(person("3"))
    wait_for(lambda: client.status(under_way) == "processing")
    client.seeder.restart(forget=False)
    client.seeder.set_settings(pace=0)
    assert client.results(person("4"))
    assert (client.status(under_way), client.status(waiting)) == ("processing", "submitted")
    client.seeder.restart()
    assert client.get(f"/authtoken/status/{under_way}").status_code == 404
    assert client.results(person("5"))


def test_a_crashed_process_comes_back_at_its_address_and_has_forgotten():
    with running(pace=0.01) as seeder:
        client = Client(seeder)
        identifier = client.submit(person("1"))
        seeder.crash()
        assert client.get(f"/authtoken/status/{identifier}").status_code == 404
        assert seeder.control("GET", "settings")["pace"] == 0.01
        assert client.results(person("1"))
        client.http.close()


def test_a_worker_that_died_leaves_its_request_processing(client):
    client.seeder.set_dials(stuck={"calls": 1})
    stuck = client.submit(person("1"))
    assert client.results(person("2"))
    assert client.status(stuck) == "processing"


def test_what_was_seen_is_told(client):
    identifier = client.submit(person("1"))
    client.finished(identifier)
    client.post({"id": 1})
    good, bad = client.seeder.submissions()
    assert (good["kind"], good["status"]) == ("json", 200)
    assert good["envelope"] == envelope(person("1"))
    assert good["answer"]["response"]["request_identifier"] == identifier
    assert bad["status"] == 422
    poll = client.seeder.polls()[0]
    assert (poll["what"], poll["identifier"], poll["status"]) == ("status", identifier, 200)
    client.seeder.clear_seen()
    assert client.seeder.submissions() == client.seeder.polls() == []


def test_a_submission_may_be_lost_after_it_was_accepted(client):
    client.seeder.set_dials(submit_lost={"calls": 1})
    with pytest.raises(OSError, match="reset"):
        client.post(envelope(person("1")))
    (held,) = client.seeder.requests()
    assert client.finished(held["identifier"]) == "processed"


@pytest.mark.parametrize(
    ("scope", "path"),
    [("submit", None), ("status", "/authtoken/status/x"), ("file", "/authtoken/file/x")],
)
def test_each_call_can_be_slow_reset_broken_or_answered_by_a_proxy(client, scope, path):
    def call():
        return client.get(path) if path else client.post(envelope(person("1")))

    client.seeder.set_dials(**{f"{scope}_slow": 0.3})
    assert call().elapsed.total_seconds() >= 0.3
    client.seeder.set_dials(**{f"{scope}_reset": True})
    with pytest.raises(OSError, match="reset"):
        call()
    client.seeder.set_dials(**{f"{scope}_500": 503})
    assert (call().status_code, call().json()) == (503, {"detail": "Internal Server Error"})
    client.seeder.set_dials(**{f"{scope}_html": True})
    assert (call().status_code, call().headers["Content-Type"][:9]) == (502, "text/html")


def test_while_it_takes_a_request_in_it_answers_nobody(client):
    client.seeder.set_settings(intake=0.3)
    with ThreadPoolExecutor() as pool:
        submitted = pool.submit(client.post, envelope(person("1"), person("2")))
        wait_for(client.seeder.submissions)
        with Client(client.seeder).http as other:
            began = time.monotonic()
            other.get(f"{client.seeder.url}/ping", timeout=20)
            waited = time.monotonic() - began
        assert submitted.result().status_code == 200
    assert waited > 0.3
