"""An output format written by hand has to bring the nonce back, and the answer beside it."""

import jq
import pytest
from mts_meaning.answers import OUTPUT_FORMAT
from mts_meaning.own_format import Problem, find_problem, samples

CALL = '{jsonrpc: "2.0", params: {model: "g2p.mts.answer", method: "accept", args: [%s]}}'


def problem(program, by_login=False, is_ours=True):
    compiled = jq.compile(program)
    results = [compiled.input_value(sample).first() for sample in samples(["given_name"])]
    return find_problem(results, by_login=by_login, is_ours=is_ours)


@pytest.mark.parametrize(
    "program",
    [
        OUTPUT_FORMAT,
        "{nonce: .input.nonce, output}",
        "{nonce: .input.nonce, output, name: (.input.given_name + .input.vid)}",
    ],
)
def test_what_brings_nonce_and_answer_is_right(program):
    assert problem(program) == ""
    assert problem(CALL % program, by_login=True) == ""


@pytest.mark.parametrize(
    ("program", "found"),
    [
        (".output", Problem.NO_NONCE),
        ("{nonce: .input.vid, output}", Problem.NO_NONCE),
        ("{nonce: .input.nonce}", Problem.NO_ANSWER),
        ("{nonce: .input.nonce, output: .output.token}", Problem.NO_ANSWER),
        ("{nonce: .input.nonce, output: {status: .output.status}}", Problem.NO_ANSWER),
        ("[.input.nonce, .output]", Problem.NO_NONCE),
        ("null", Problem.FAILS),
    ],
)
def test_what_does_not_is_told_apart(program, found):
    assert problem(program) == found


def test_without_its_envelope_a_login_finds_nothing():
    assert problem(OUTPUT_FORMAT, by_login=True) == Problem.NO_NONCE
    assert problem(CALL % OUTPUT_FORMAT) == Problem.NO_NONCE


def test_elsewhere_only_the_nonce_counts():
    assert problem("{ref: .input.nonce, deep: [.output]}", is_ours=False) == ""
    assert problem(".output", is_ours=False) == Problem.NO_NONCE


def test_a_format_that_fails_gives_no_results():
    assert find_problem(None, by_login=False, is_ours=True) == Problem.FAILS
