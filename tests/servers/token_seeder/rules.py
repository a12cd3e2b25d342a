"""What is asked of a request beyond its shape."""

import re
from datetime import datetime

from .errors import MTSError, invalid
from .output import find_problem
from .shapes import CallbackProperties, Envelope, OdkConfig, Wish

_REQUESTTIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{1,6}Z")


def check_time(envelope: Envelope) -> None:
    """Refuse a `requesttime` without fraction, or with an offset. Raises MTSError (400)."""
    try:
        if not _REQUESTTIME.fullmatch(envelope.requesttime):
            raise ValueError
        datetime.fromisoformat(envelope.requesttime)
    except ValueError:
        raise invalid("requesttime is not in the format YYYY-MM-DDTHH:MM:SS.fZ") from None


def check(envelope: Envelope) -> None:
    """Refuse what has the right shape and no meaning. Raises MTSError (400), or TypeError."""
    check_time(envelope)
    wish = envelope.request
    if wish.output not in ("json", "csv"):
        raise invalid("output is not supported")
    if wish.deliverytype is None:
        raise TypeError("argument of type 'NoneType' is not iterable")
    if wish.deliverytype not in ("download", "callback"):
        raise invalid("deliverytype is not supported")
    if wish.deliverytype == "callback":
        _check_callback(wish)
    if wish.outputFormat and find_problem(wish.outputFormat):
        raise MTSError("ATS-REQ-103")


def _check_callback(wish: Wish) -> None:
    properties = wish.callbackProperties
    if not properties:
        raise MTSError("ATS-REQ-024")
    if wish.output == "csv" and not properties.requestFileName:
        raise MTSError("ATS-REQ-025")
    if wish.output == "csv" and not properties.callInBulk:
        raise MTSError("ATS-REQ-026")
    checks = {
        "none": None,
        "odoo": _check_odoo,
        "oauth": _check_oauth,
        "staticBearer": _check_bearer,
    }
    if properties.authType not in checks:
        raise MTSError("ATS-REQ-027")
    if checks[properties.authType]:
        checks[properties.authType](properties)


def _check_odoo(properties: CallbackProperties) -> None:
    if not properties.authOdoo:
        raise MTSError("ATS-REQ-028")
    for name, code in (("authUrl", "031"), ("username", "032"), ("database", "033")):
        if not getattr(properties.authOdoo, name):
            raise MTSError(f"ATS-REQ-{code}")


def _check_oauth(properties: CallbackProperties) -> None:
    if not properties.authOauth:
        raise MTSError("ATS-REQ-029")


def _check_bearer(properties: CallbackProperties) -> None:
    if not properties.authStaticBearer:
        raise MTSError("ATS-REQ-030")
    if not properties.authStaticBearer.token:
        raise MTSError("ATS-REQ-034")


_AUTH_CHECKS = {
    "none": lambda _properties: None,
    "odoo": _check_odoo,
    "oauth": _check_oauth,
    "staticBearer": _check_bearer,
}


def check_odk(config: OdkConfig) -> None:
    """Refuse a source of submissions that is not whole. Raises MTSError (400)."""
    needed = [("baseurl", "18"), ("email", "19"), ("password", "20")]
    if not config.odataurl:
        needed += [("projectid", "21"), ("formid", "22")]
    for name, code in needed:
        if not getattr(config, name):
            raise MTSError(f"ATS-REQ-{code}")
