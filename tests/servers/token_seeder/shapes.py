"""The shapes of requests.

MTS 1.1 reads them with pydantic 1, which turns numbers and booleans into text.
"""

from typing import Annotated, Any, Generic, TypeVar

from pydantic import AnyUrl, BaseModel, BeforeValidator, Field, TypeAdapter, ValidationError

from .errors import invalid

_URL = TypeAdapter(AnyUrl)


def _text(value: Any) -> Any:
    return str(value) if isinstance(value, int | float) else value


def _blank(value: Any) -> Any:
    return "" if value is False else _text(value)


def _url(value: Any) -> Any:
    _URL.validate_python(_text(value))
    return value


Text = Annotated[str, BeforeValidator(_text)]
# Refused by a code of its own when it is empty.
Blank = Annotated[str, BeforeValidator(_blank)]
Record = dict[str, Any]


class Mapping(BaseModel):
    """Where in a record the fields are found: jq paths without the first dot."""

    vid: Text = "vid"
    name: list[Text] = ["name"]
    gender: Text = "gender"
    dob: Text = "dob"
    phoneNumber: Text = "phoneNumber"  # noqa: N815  named by the protocol, as all below
    emailId: Text = "emailId"  # noqa: N815
    fullAddress: list[Text] = ["fullAddress"]  # noqa: N815


class AuthOdoo(BaseModel):
    authUrl: Blank = ""  # noqa: N815
    database: Blank
    username: Blank
    password: Blank
    extraHeaders: dict[str, Text] | None = None  # noqa: N815


class AuthOauth(BaseModel):
    authUrl: Blank = ""  # noqa: N815
    username: Blank = ""
    password: Blank = ""
    clientId: Blank = ""  # noqa: N815
    clientSecret: Blank = ""  # noqa: N815
    extraHeaders: dict[str, Text] | None = None  # noqa: N815


class AuthStaticBearer(BaseModel):
    token: Blank = ""


class CallbackProperties(BaseModel):
    url: Annotated[str, BeforeValidator(_url)]
    httpMethod: Text = "POST"  # noqa: N815
    extraHeaders: dict[str, Text] = {}  # noqa: N815
    timeoutSeconds: int = 10  # noqa: N815
    callInBulk: bool = False  # noqa: N815
    requestFileName: Text = ""  # noqa: N815
    authType: Text = "none"  # noqa: N815
    authOdoo: AuthOdoo | None = None  # noqa: N815
    authOauth: AuthOauth | None = None  # noqa: N815
    authStaticBearer: AuthStaticBearer | None = None  # noqa: N815


class OdkConfig(BaseModel):
    baseurl: Blank | None = None
    email: Blank | None = None
    password: Blank | None = None
    version: Text = "v1"
    odataurl: Blank | None = None
    projectid: Blank | None = None
    formid: Blank | None = None
    startdate: Blank | None = None
    enddate: Blank | None = None


class Wish(BaseModel):
    """What every submission says: `request` of the envelope."""

    output: Text
    deliverytype: Text | None = None
    mapping: Mapping = Field(default_factory=Mapping)
    lang: Text | None = "eng"
    outputFormat: Any = None  # noqa: N815
    callbackProperties: CallbackProperties | None = None  # noqa: N815


class JsonWish(Wish):
    authdata: list[Record] | None = None


class CsvWish(Wish):
    csvDelimiter: Text = ","  # noqa: N815


class OdkWish(Wish):
    odkconfig: OdkConfig


class SyncWish(BaseModel):
    mapping: Mapping = Field(default_factory=Mapping)
    lang: Text | None = "eng"
    authdata: Record | None = None


WishT = TypeVar("WishT", bound=BaseModel)


class Envelope(BaseModel, Generic[WishT]):
    id: Text
    version: Text
    metadata: Text
    requesttime: Text
    request: WishT


SHAPES = {
    "json": Envelope[JsonWish],
    "csv": Envelope[CsvWish],
    "odk": Envelope[OdkWish],
    "sync": Envelope[SyncWish],
}


def read(kind: str, body: bytes | str) -> Envelope:
    """Return the envelope in `body`. Raises MTSError: 400 without a body, 422 for its shape."""
    if not body:
        raise invalid("missing request body")
    try:
        return SHAPES[kind].model_validate_json(body)
    except ValidationError as error:
        raise invalid(_places(error), 422) from None


def _places(error: ValidationError) -> str:
    return "; ".join(
        f"{'.'.join(map(str, fault['loc'])) or 'body'}: {fault['msg']}" for fault in error.errors()
    )
