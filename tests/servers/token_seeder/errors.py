"""What MTS refuses, and the words it has for it."""

from typing import Any

TEXTS = {
    "ATS-REQ-003": "name is not provided",
    "ATS-REQ-004": "gender is empty",
    "ATS-REQ-006": "date of birth is empty",
    "ATS-REQ-008": "address is empty",
    "ATS-REQ-009": "vid or its mapping not present",
    "ATS-REQ-010": "name or its mapping not present",
    "ATS-REQ-011": "gender or its mapping not present",
    "ATS-REQ-012": "dateOfBirth or its mapping not present",
    "ATS-REQ-013": "phoneNumber or its mapping not present",
    "ATS-REQ-014": "emailId or its mapping not present",
    "ATS-REQ-015": "fullAddress or its mapping not present",
    "ATS-REQ-016": "no auth request found for the given identifier",
    "ATS-REQ-017": "Auth request not processed yet",
    "ATS-REQ-18": "no odk baseurl provided",
    "ATS-REQ-19": "no odk email provided",
    "ATS-REQ-20": "no odk password provided",
    "ATS-REQ-21": "no odk project id provided",
    "ATS-REQ-22": "no odk form id provided",
    "ATS-REQ-23": "no submissions found for odk pull",
    "ATS-REQ-024": "callbackProperties cannot be empty for delivery type callback",
    "ATS-REQ-025": "requestFileName is not valid",
    "ATS-REQ-026": "callInBulk cannot be false for output type csv",
    "ATS-REQ-027": "authType is not supported",
    "ATS-REQ-028": "authOdoo cannot be empty",
    "ATS-REQ-029": "authOauth cannot be empty",
    "ATS-REQ-030": "authStaticBearer cannot be empty",
    "ATS-REQ-031": "authOdoo authUrl cannot be empty",
    "ATS-REQ-032": "authOdoo username cannot be empty",
    "ATS-REQ-033": "authOdoo database cannot be empty",
    "ATS-REQ-034": "authStaticBearer token cannot be empty",
    "ATS-REQ-101": "none of the record form a valid request",
    "ATS-REQ-103": "outputFormat is not a valid jq expression",
    "AUT_BAS_001": "Not Able to process auth request.",
}


class MTSError(Exception):
    """Ends a call, or the checking of one record, with this code and HTTP status."""

    def __init__(self, code: str, message: str | None = None, status: int = 400) -> None:
        super().__init__(code)
        self.code = code
        self.message = TEXTS[code] if message is None else message
        self.status = status

    def shown(self) -> list[dict[str, Any]]:
        return [{"errorCode": self.code, "errorMessage": self.message}]


def invalid(what: str, status: int = 400) -> MTSError:
    """Return the refusal of an input: 400 for what it means, 422 for its shape."""
    return MTSError("ATS-REQ-102", f"invalid input. {what}", status)


def unexpected(error: Exception) -> MTSError:
    """Return what becomes of an exception nobody foresaw: `code::text` is taken apart."""
    code, mark, text = str(error).partition("::")
    return MTSError(code, text, 500) if mark else MTSError("ATS-REQ-100", code, 500)
