"""VIDs as words of a text: finding them, and putting a mask in their place."""

import hashlib
import json
import re
from collections.abc import Iterable
from functools import cached_property
from typing import Any

#: What stands for a VID from now on.
MASK = "•••••••"
#: A shorter value may mean anything: an amount, a house number. It is not looked for in texts.
SHORTEST = 8

_JSON = ("[", "{", '"')
_PART = re.compile(r"[0-9A-Za-z]+")
_LETTERS = re.compile(r"[^\W_]+")
#: What may stand between the groups of digits of a number: a blank, a fixed blank, a hyphen.
SEPARATORS = " \u00a0-"
_GROUPED = re.compile(rf"[0-9]+(?:[{SEPARATORS}][0-9]+)*")
_APART = str.maketrans("", "", SEPARATORS)
#: Digits in a group, as numbers are printed on cards.
_GROUP = 4
#: What JSON, Python and the like write for a sign. Its end is no part of the word that follows.
_ESCAPE = r"\\(?:u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[a-z])"
#: The same for the database, which replaces these by blanks before it looks for words.
ESCAPES = r"\\+(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[a-z])"


class VidWords:
    """Looks for many VIDs at once; a VID counts only where it is a whole word.

    A word ends where letters and digits end, so a longer number that contains a VID is none.
    A VID of digits counts also where people have written it in groups of four.

    :param vids: values of at least :data:`SHORTEST` characters; others are left out
    """

    def __init__(self, vids: Iterable[str]):
        self._vids = frozenset(vid for vid in map(plain, vids) if _is_telling(vid))

    def __bool__(self) -> bool:
        return bool(self._vids)

    def __contains__(self, text: str) -> bool:
        return plain(text) in self._vids

    # -- for the database ------------------------------------------------------------------------

    @cached_property
    def _parts(self) -> set[str]:
        """The longest part of each VID without signs; whatever holds the VID holds it."""
        return {max(_PART.findall(vid), key=len) for vid in self._vids}

    @cached_property
    def shapes(self) -> list[str]:
        """Regular expressions, the same in Python and PostgreSQL, for what may be such a part.

        Each is to be looked for by itself: where one finds something, it may pass over what
        another would have found.
        """
        lengths = [len(part) for part in self._parts]
        kind = "0-9" if all(map(_is_number, self._parts)) else "0-9A-Za-z"
        return [f"[{kind}]{{{min(lengths)},{max(lengths)}}}", *self._groups]

    @cached_property
    def alike(self) -> str:
        """One regular expression for whatever any of the shapes finds something in."""
        return "|".join(self._groups if all(map(_is_number, self._vids)) else self.shapes)

    @cached_property
    def _groups(self) -> list[str]:
        """Digits in groups of four, or in none: a regular expression for each length."""
        return sorted({_in_groups(len(vid)) for vid in self._vids if _is_number(vid)})

    @cached_property
    def stubs(self) -> list[str]:
        """The first 24 bits of the parts' MD5: a statement with these gives no VID away.

        It names no values, as PostgreSQL writes statements to its log. Who reads 24 bits knows
        little of a VID; who finds a text by them has to look whether it really holds one.
        """
        return stubs(self._parts)

    # -- for texts -------------------------------------------------------------------------------

    def masked(self, text: str) -> str:
        """The text with a mask in place of each VID."""
        for words in self._words:
            text = words.sub(lambda word: MASK if word[0] in self else word[0], text)
        return text

    @cached_property
    def _words(self) -> list[re.Pattern]:
        """Words, and the few VIDs that have signs in them; and, apart, numbers in groups."""
        composed = sorted(re.escape(vid) for vid in self._vids if not _LETTERS.fullmatch(vid))
        return [_among_words(whole) for whole in ("|".join(composed), *self._groups)]

    def masked_json(self, value: Any) -> Any:
        """Decoded JSON with masks in its texts and keys, and in place of numbers that are VIDs.

        A text may be JSON itself, as the arguments of jobs are.
        """
        match value:
            case str():
                return self.masked_document(value) if value[:1] in _JSON else self.masked(value)
            case list():
                return [self.masked_json(item) for item in value]
            case dict():
                return {self.masked(key): self.masked_json(item) for key, item in value.items()}
            case int() if str(value) in self._vids:
                return MASK
        return value

    def masked_document(self, text: str) -> str:
        """A JSON text with masks, which parses as before; unchanged if there is nothing to mask.

        A text that is no JSON is masked like any other.
        """
        try:
            value = json.loads(text)
        except ValueError:
            return self.masked(text)
        masked = self.masked_json(value)
        return text if masked == value else json.dumps(masked)


def plain(value: str) -> str:
    """A number without what stands between its digits; any other value as it is."""
    return value.translate(_APART) if _GROUPED.fullmatch(value) else value


def _is_number(vid: str) -> bool:
    return vid.isascii() and vid.isdecimal()


def _in_groups(length: int) -> str:
    groups, rest = divmod(length, _GROUP)
    gap = f"[{SEPARATORS}]?"
    whole = f"[0-9]{{{_GROUP}}}(?:{gap}[0-9]{{{_GROUP}}}){{{groups - 1}}}"
    return f"{whole}{gap}[0-9]{{{rest}}}" if rest else whole


def _among_words(whole: str) -> re.Pattern:
    """Finds these where a word begins and ends; all other words, and written-out signs, as well."""
    parts = [rf"(?:{whole})(?!{_LETTERS.pattern})"] if whole else []
    return re.compile("|".join([_ESCAPE, *parts, _LETTERS.pattern]))


def _is_telling(vid: str) -> bool:
    return len(vid) >= SHORTEST and bool(_PART.search(vid))


def stubs(texts: Iterable[str]) -> list[str]:
    """The first 24 bits of the MD5 of texts, as PostgreSQL's ``left(md5(text), 6)``.

    Of numbers in their :func:`plain` form.
    """
    sums = (hashlib.md5(plain(text).encode(), usedforsecurity=False) for text in texts)
    return sorted({one.hexdigest()[:6] for one in sums})
