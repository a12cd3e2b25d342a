"""A VID is found where it is a whole word, and nowhere else; what was JSON parses afterwards."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mts_meaning.vid_words import MASK, SHORTEST, VidWords, stubs

VID, OTHER = "5813076249681375", "7420918365027411"
COMPOSED = "AB-581307624968/13"
WORDS = VidWords([VID, OTHER, COMPOSED])


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "VID {}.",
        "<p>{}</p>",
        "&nbsp;{}&nbsp;",
        "vid_{}.pdf",
        "a,{},b",
        "№{}",
        "{}\n",
        "“{}”",
        "mailto:{}@example.test",
        r"write('a\n{}')",
        r"\u2019{}",
        r"C:\{}",
    ],
)
@pytest.mark.parametrize("vid", [VID, OTHER, COMPOSED])
def test_a_whole_word_is_masked(text, vid):
    assert WORDS.masked(text.format(vid)) == text.format(MASK)


@pytest.mark.parametrize("text", ["9{}", "{}0", "x{}", "{}x", "é{}", "00{}00", r"\na{}"])
@pytest.mark.parametrize("vid", [VID, COMPOSED])
def test_a_part_of_a_longer_word_is_not(text, vid):
    assert WORDS.masked(text.format(vid)) == text.format(vid)


def test_all_of_them_are_masked():
    assert WORDS.masked(f"{VID} {OTHER} {VID}") == f"{MASK} {MASK} {MASK}"


@pytest.mark.parametrize("gap", [" ", "-", "\u00a0"])
def test_a_number_is_masked_in_groups_of_four_as_well(gap):
    grouped = gap.join(VID[i : i + 4] for i in range(0, 16, 4))
    assert WORDS.masked(f"VID {grouped}.") == f"VID {MASK}."
    assert _might_hold(WORDS, f"VID {grouped}.")
    assert grouped in WORDS


@pytest.mark.parametrize("text", ["{}0", "{}x", "9{}", "5813-0762-4968-1376"])
def test_another_number_in_groups_is_not(text):
    text = text.format("5813 0762 4968 1375")
    assert WORDS.masked(text) == text


def test_a_vid_that_is_kept_in_groups_is_masked_without_them():
    assert VidWords(["5813 0762 4968 1375"]).masked(VID) == MASK


def test_a_number_in_groups_does_not_hide_a_shorter_one():
    short = "581307624968"
    words = VidWords([VID, short])
    assert words.masked(f"{short} 1376") == f"{MASK} 1376"
    assert _might_hold(words, f"{short} 1376")


def test_short_values_are_not_looked_for():
    short = "7" * (SHORTEST - 1)
    words = VidWords([short, "--------"])
    assert not words
    assert words.masked(f"House {short}") == f"House {short}"
    assert short not in words


def test_json_parses_afterwards():
    value = {"a": [f"x {VID}", int(VID), VID], VID: None, "n": 5813, "t": True, "f": 1.5}
    masked = json.loads(WORDS.masked_document(json.dumps(value)))
    assert masked == {
        "a": [f"x {MASK}", MASK, MASK],
        MASK: None,
        "n": 5813,
        "t": True,
        "f": 1.5,
    }


@pytest.mark.parametrize("before", ["\n", "\t", '"', "\\", "’", "ÿ,", " "])
def test_what_json_writes_for_a_sign_does_not_hide_a_vid(before):
    text = json.dumps([f"a{before}{VID}"])
    assert VID not in WORDS.masked_document(text)


def test_a_text_in_json_may_be_json_itself():
    text = json.dumps({"args": json.dumps([f"a\n{VID}", {"ref": int(VID)}])})
    masked = json.loads(WORDS.masked_document(text))
    assert json.loads(masked["args"]) == [f"a\n{MASK}", {"ref": MASK}]


def test_json_without_a_vid_is_the_same_to_the_letter():
    text = '{ "a" : [1,2,   "5813"] }'
    assert WORDS.masked_document(text) == text


def test_what_is_no_json_is_a_text():
    assert WORDS.masked_document(f"{{not json {VID}") == f"{{not json {MASK}"


def _might_hold(words, text):
    """What the database asks."""
    found = [word for shape in words.shapes for word in re.findall(shape, text)]
    return bool(re.search(words.alike, text)) and bool({*stubs(found)} & {*words.stubs})


vids = st.from_regex(
    r"[0-9]{10,19}|[A-Z0-9]{8,12}|[0-9]{4}-[0-9]{8}|[A-Z]-[0-9]{8}", fullmatch=True
)
around = st.text(st.characters(exclude_categories=["L", "N", "Cs"]), max_size=5)


@given(st.lists(vids, min_size=1, max_size=20), st.data())
def test_whatever_is_masked_the_database_finds(values, data):
    words = VidWords(values)
    vid = data.draw(st.sampled_from(values))
    text = data.draw(around) + vid + data.draw(around)
    assert words.masked(text) != text
    assert _might_hold(words, text)


def test_what_the_database_is_asked_names_no_vid():
    asked = f"{WORDS.shapes} {WORDS.alike} {WORDS.stubs}"
    for vid in (VID, OTHER, COMPOSED):
        assert all(vid[i : i + 7] not in asked for i in range(len(vid) - 6))
