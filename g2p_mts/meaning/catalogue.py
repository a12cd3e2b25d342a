"""Every error an MTS names, in plain words: what it means, what to do, and whether to try again.

The codes are those of MTS 1.1 (``ATS-…``, ``AUT_…``) and those of MOSIP's ID authentication
(``IDA-…``) that a person's data can cause.
"""

from dataclasses import dataclass
from enum import StrEnum


class Next(StrEnum):
    """What happens to a person after an error."""

    MEND = "mend"  # data have to be put right; then the person is sent again
    LATER = "later"  # the same data may succeed later
    SETTING = "setting"  # somebody has to change a setting
    NOTHING = "nothing"  # nobody has to do anything


@dataclass(frozen=True)
class Meaning:
    """What an error code says.

    :param words: what happened and what to do, for the person at the screen; not whether
        it is tried again, as attempts come to an end
    """

    next: Next
    words: str

    @property
    def is_retryable(self) -> bool:
        return self.next is Next.LATER


def _mend(words: str) -> Meaning:
    return Meaning(Next.MEND, words)


def _later(words: str) -> Meaning:
    return Meaning(Next.LATER, words)


def _setting(words: str) -> Meaning:
    return Meaning(Next.SETTING, words)


NO_NAME, NO_GENDER, NO_BIRTH_DATE = "ATS-REQ-010", "ATS-REQ-011", "ATS-REQ-012"
NO_VID, NO_ADDRESS = "ATS-REQ-009", "ATS-REQ-015"
NO_PHONE, NO_EMAIL = "ATS-REQ-013", "ATS-REQ-014"

#: Field of an MTS → the error it gives where there is no value.
MISSING_CODES = {
    "name": NO_NAME,
    "gender": NO_GENDER,
    "dob": NO_BIRTH_DATE,
    "phoneNumber": NO_PHONE,
    "emailId": NO_EMAIL,
    "fullAddress": NO_ADDRESS,
}

#: Our own, for what an MTS has no code for.
NO_ANSWER = "NO-ANSWER"
NOT_TAKEN = "NOT-TAKEN"
MTS_FAILS = "MTS-FAILS"
TWO_TOKENS = "TWO-TOKENS"
TOKEN_OF_ANOTHER = "TOKEN-OF-ANOTHER"  # noqa: S105  it is no token
TOKEN_REFUSED = "TOKEN-REFUSED"  # noqa: S105  it is no token
TOKEN_IS_VID = "TOKEN-IS-VID"  # noqa: S105  it is no token
VID_CHANGED = "VID-CHANGED"
PERSON_DELETED = "PERSON-DELETED"
NOT_MEANT = "NOT-MEANT"
TOKEN_CHANGED = "TOKEN-CHANGED"  # noqa: S105  it is no token

_CATALOGUE = {
    "ATS-REQ-003": _mend("The name is empty. Enter it."),
    "ATS-REQ-004": _mend("The gender is empty. Enter it."),
    "ATS-REQ-006": _mend("The birth date is empty. Enter it."),
    "ATS-REQ-008": _mend("The address is empty. Enter it."),
    NO_VID: _mend("There is no VID. Enter it among the IDs."),
    NO_NAME: _mend("There is no name. Enter it, or let the mapping read it."),
    NO_GENDER: _mend("There is no gender that MTS knows. Enter it, or give it an MTS code."),
    NO_BIRTH_DATE: _mend("There is no birth date. Enter it."),
    NO_PHONE: _mend("This MTS asks for a phone number. Enter it."),
    NO_EMAIL: _mend("This MTS asks for an e-mail address. Enter it."),
    NO_ADDRESS: _mend("There is no address. Enter it, or let the mapping read it."),
    "ATS-REQ-016": _later("The MTS has forgotten the request."),
    "ATS-REQ-017": _later("The MTS has not finished yet."),
    "ATS-REQ-18": _setting("The ODK base URL is missing on the connector."),
    "ATS-REQ-19": _setting("The ODK e-mail is missing on the connector."),
    "ATS-REQ-20": _setting("The ODK password is missing on the connector."),
    "ATS-REQ-21": _setting("The ODK project is missing on the connector."),
    "ATS-REQ-22": _setting("The ODK form is missing on the connector."),
    "ATS-REQ-23": _later("ODK has no submissions in this window."),
    "ATS-REQ-024": _setting("The callback is not described."),
    "ATS-REQ-025": _setting("The callback lacks the name of the file."),
    "ATS-REQ-026": _setting("A CSV file can only be brought in one call."),
    "ATS-REQ-027": _setting("The MTS does not know this way to authenticate a callback."),
    "ATS-REQ-028": _setting("The Odoo login of the callback is missing."),
    "ATS-REQ-029": _setting("The OAuth login of the callback is missing."),
    "ATS-REQ-030": _setting("The bearer token of the callback is missing."),
    "ATS-REQ-031": _setting("The callback lacks the address where the MTS logs in."),
    "ATS-REQ-032": _setting("The callback lacks the user name."),
    "ATS-REQ-033": _setting("The callback lacks the database."),
    "ATS-REQ-034": _setting("The bearer token of the callback is empty."),
    "ATS-REQ-100": _later("The MTS met an error of its own."),
    "ATS-REQ-101": _mend("None of the people sent can be used."),
    "ATS-REQ-102": _setting("The MTS finds the request invalid. Check the connector."),
    "ATS-REQ-103": _mend("ID authentication named several reasons against this person's data."),
    NO_ANSWER: _later("No answer came in time, or the MTS lost it."),
    NOT_TAKEN: _later("The MTS did not take the batch. The connector says what has to be mended."),
    MTS_FAILS: _mend(
        "The MTS fails even on this person alone. Look at the data and at the MTS, then press "
        "“Send Again”."
    ),
    TWO_TOKENS: _mend("Another token is there already. Decide which one is right."),
    TOKEN_OF_ANOTHER: _mend("Another registrant has this token: it may be the same person twice."),
    TOKEN_REFUSED: _mend("The token type does not accept this token. Look at its format."),
    TOKEN_IS_VID: _mend(
        "What came as the token is the person's VID. Have the MTS put right, then press “Send "
        "Again”."
    ),
    VID_CHANGED: _mend(
        "The token is for a VID changed here after it was sent. Remove it if it is there, and "
        "press “Send Again”."
    ),
    PERSON_DELETED: Meaning(
        Next.NOTHING,
        "The registrant was deleted here before the answer came. The token was not kept.",
    ),
    NOT_MEANT: Meaning(
        Next.NOTHING,
        "Not sent any more: the filter leaves the person out, or a token came another way.",
    ),
    TOKEN_CHANGED: _mend(
        "The token was changed here after it came. If that was wrong, remove it, and send the "
        "person again."
    ),
    "AUT_BAS_001": _later("ID authentication did not answer the MTS."),
    "AUT_CRY_001": _setting("The MTS cannot use its certificate."),
    "AUT_CRY_002": _setting("The MTS cannot open its key store."),
    "AUT_CRY_003": _setting("The MTS cannot encrypt what it sends on."),
    "AUT_CRY_004": _setting("The MTS cannot sign what it sends on."),
    "IDA-DEA-001": _mend("The name, birth date, gender or address is not the one MOSIP knows."),
    "IDA-MLC-001": _later("The clock of the MTS is off."),
    "IDA-MLC-002": _mend("MOSIP does not accept this UIN."),
    "IDA-MLC-003": _mend("The UIN behind this VID is deactivated."),
    "IDA-MLC-004": _mend("MOSIP does not accept this VID. Correct it among the IDs."),
    "IDA-MLC-005": _mend("The VID has expired or was revoked. Ask the person for a new one."),
    "IDA-MLC-006": _setting("MOSIP misses a field that the mapping does not send."),
    "IDA-MLC-007": _later("MOSIP could not process the request."),
    "IDA-MLC-009": _mend("MOSIP finds a value malformed. Check birth date and VID."),
    "IDA-MLC-018": _later("MOSIP does not find the VID, or not yet."),
    "IDA-MLC-019": _mend("The person has locked this kind of authentication."),
    "IDA-MLC-028": _mend("The VID has the wrong length. Correct it among the IDs."),
    "IDA-MLC-029": _mend("The VID is mistyped: its checksum is wrong. Correct it among the IDs."),
    "IDA-MPA-009": _setting("The partner of this MTS is not registered with MOSIP."),
    "IDA-MPA-012": _setting("The partner of this MTS is deactivated at MOSIP."),
}


def meaning_of(code: str) -> Meaning:
    """What an error code says. One that nobody has described is tried again later.

    :param code: as the MTS writes it; several of MOSIP's come joined as ``ATS-REQ-103``
    """
    if known := _CATALOGUE.get(code):
        return known
    if code.startswith("IDA-"):
        return _mend("MOSIP does not accept these data. Look the code up in its documentation.")
    return _later("The MTS gave an error that is not described here.")


def codes() -> tuple[str, ...]:
    """All codes that are described."""
    return tuple(_CATALOGUE)
