"""What is kept of a VID tells nobody the VID without the key, and one VID is one VID."""

import hmac

import pytest
from mts_meaning.vid_hash import digest, digest_in, normalised, token

VID = "5813076249681375"
KEY, OTHER_KEY = b"k" * 32, b"o" * 32


@pytest.mark.parametrize(
    "written", ["5813 0762 4968 1375", "5813-0762-4968-1375", f"\u200b{VID}", f" {VID}\n"]
)
def test_ways_of_writing_a_vid(written):
    assert digest(KEY, 1, written) == digest(KEY, 1, VID)


def test_capitals_are_no_difference():
    assert normalised("ab-12cd") == normalised("AB12CD")


def test_signs_alone_stay_what_they_are():
    assert normalised("--") != normalised("..")


def test_the_hash_is_what_it_was_when_older_ones_were_remembered():
    known = hmac.new(KEY, f"g2p_mts.vid\n1\n{VID}".encode(), "sha256").hexdigest()
    assert [digest(KEY, 1, VID), digest(KEY, 1, VID)] == [known, known]


@pytest.mark.parametrize("length", [0, 1, 32, 63, 64, 65, 200])
def test_the_hash_is_an_hmac_however_long_the_key_is(length):
    key = bytes(range(length))
    known = hmac.new(key, f"g2p_mts.vid\n12\n{VID}".encode(), "sha256").hexdigest()
    assert digest(key, 12, VID) == known


@pytest.mark.parametrize(("key", "id_type"), [(OTHER_KEY, 1), (KEY, 2)])
def test_another_key_or_type_is_another_hash(key, id_type):
    assert digest(key, id_type, VID) != digest(KEY, 1, VID)


def test_type_and_value_do_not_run_into_each_other():
    assert digest(KEY, 1, "15813076249") != digest(KEY, 11, "5813076249")


def test_a_token_holds_the_hash_and_fits_into_an_id():
    one = digest(KEY, 1, VID)
    assert digest_in(token(one)) == one
    assert len(token(one)) <= 100


@pytest.mark.parametrize("value", ["", VID, "gone:", "gone:12", "gone:" + "G" * 64, "gone"])
def test_other_values_are_no_tokens(value):
    assert digest_in(value) == ""
