"""The authenticator behind MTS: tokens as `mts-mock` makes them, and refusals as IDA has them."""

import re
from dataclasses import dataclass, field
from typing import Any

from .errors import TEXTS
from .tokens import token_of

# Codes of IDA that clients must tell apart, with invented words.
IDA_TEXTS = {
    "IDA-MLC-002": "Individual ID type is not supported",
    "IDA-MLC-009": "Input parameter is not valid",
    "IDA-MLC-018": "ID is not available in the database",
    "IDA-MLC-028": "VID has a wrong length",
    "IDA-MLC-029": "VID has a wrong checksum",
    "IDA-DEA-001": "Demographic data do not match",
}
UNKNOWN = ("ATS-REQ-100", "Unknown exception")


@dataclass(frozen=True)
class Verdict:
    """What came of one authentication: a token, or pairs of code and text."""

    token: str | None = None
    errors: list[tuple[str, str]] = field(default_factory=list)

    def reason(self) -> tuple[str, str | None]:
        """Return the code and message of a result record without token."""
        if not self.errors:
            return "ATS-REQ-100", None
        if len(self.errors) == 1:
            return self.errors[0]
        return "ATS-REQ-103", ",".join(f"{code}::{text}" for code, text in self.errors)


def authenticate(
    vid: str, partner_id: str, refusals: dict[str, list[str]], struck: dict[str, Any]
) -> Verdict:
    """Return the verdict on a VID; `refusals` are lasting, `struck` are the dials that hit."""
    if "auth_exception" in struck:
        return Verdict(errors=[UNKNOWN])
    if "aut_bas_001" in struck:
        return Verdict(errors=[("AUT_BAS_001", TEXTS["AUT_BAS_001"])])
    if "auth_without_error" in struck:
        return Verdict()
    codes = _codes(struck["ida_error"]) if "ida_error" in struck else _refused(vid, refusals)
    if codes:
        return Verdict(errors=[(code, IDA_TEXTS.get(code, "Refused")) for code in codes])
    return Verdict(token_of(vid, partner_id))


def check_refusals(refusals: Any) -> None:
    """Raises ValueError unless this maps patterns to lists of codes."""
    for pattern, codes in refusals.items():
        if not isinstance(codes, list) or not all(isinstance(code, str) for code in codes):
            raise ValueError(f"codes for {pattern!r} must be a list of texts")
        compile_pattern(pattern)


def parse_refusal(text: str) -> tuple[str, list[str]]:
    """Read PATTERN=CODE or PATTERN=CODE+CODE. Raises ValueError."""
    pattern, _, codes = text.rpartition("=")
    if not pattern or not codes:
        raise ValueError(f"{text!r} is not PATTERN=CODE")
    compile_pattern(pattern)
    return pattern, codes.split("+")


def compile_pattern(pattern: str) -> re.Pattern:
    """Compile a pattern for VIDs. Raises ValueError."""
    try:
        return re.compile(pattern)
    except re.error as error:
        raise ValueError(f"{pattern!r} is no regular expression: {error}") from error


def _refused(vid: str, refusals: dict[str, list[str]]) -> list[str]:
    return next((codes for pattern, codes in refusals.items() if re.search(pattern, vid)), [])


def _codes(wish: str | list[str]) -> list[str]:
    return [wish] if isinstance(wish, str) else wish
