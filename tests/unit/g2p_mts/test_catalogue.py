"""Every error an MTS names has plain words and a next step."""

import re

import pytest
from mts_meaning.catalogue import Next, codes, meaning_of

from devkit.paths import ROOT

#: Codes of MTS 1.1 for single records and for requests (protocol, section "Error codes").
OF_MTS = [f"ATS-REQ-{n:03}" for n in (3, 4, 6, *range(8, 18), *range(24, 35), *range(100, 104))]
OF_MTS += [f"ATS-REQ-{n}" for n in range(18, 24)]
OF_MTS += ["AUT_BAS_001", *(f"AUT_CRY_{n:03}" for n in range(1, 5))]


@pytest.mark.parametrize("code", OF_MTS)
def test_every_code_of_an_mts_is_described(code):
    assert code in codes()


@pytest.mark.parametrize("code", codes())
def test_words_are_a_sentence_that_can_be_shown(code):
    words = meaning_of(code).words
    assert words[0].isupper() and words.endswith(".")
    assert len(words) < 120


def test_not_found_yet_is_tried_again_and_a_wrong_checksum_is_not():
    assert meaning_of("IDA-MLC-018").is_retryable
    assert not meaning_of("IDA-MLC-028").is_retryable
    assert not meaning_of("IDA-MLC-029").is_retryable


def test_an_unknown_code_of_mosip_is_final_and_any_other_is_tried_again():
    assert meaning_of("IDA-XYZ-999").next is Next.MEND
    assert meaning_of("ABC-DEF-1").is_retryable


def test_the_sample_server_gives_no_code_that_is_not_described():
    folder = ROOT / "tests" / "servers" / "token_seeder"
    text = "\n".join(file.read_text() for file in folder.glob("*.py"))
    given = set(re.findall(r"ATS-REQ-\d+|AUT_[A-Z]{3}_\d{3}|IDA-[A-Z]{3}-\d{3}", text))
    assert given <= set(codes())
