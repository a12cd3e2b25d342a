"""The request envelope of an MTS, as its version 1.1 takes it.

Nothing is ever sent as JSON ``false``: an MTS makes the text "False" of it. What has no value is
left out, so that the MTS takes its default.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from .callback import Callback

VERSION = "1.0"


@dataclass(frozen=True)
class Submission:
    """What is asked of an MTS, whatever the people come from.

    :param output: ``json`` or ``csv``
    :param mapping: where the MTS finds its seven fields in a record, see ``checks.mapping``
    :param output_format: jq program over ``{"input", "output"}``; empty for the bare output
    :param lang: ISO 639-2 code of the language of names and addresses
    :param callback: how the results are brought; None to have them fetched
    """

    output: str = "json"
    mapping: Mapping[str, str | Sequence[str]] = field(default_factory=dict)
    output_format: str = ""
    lang: str = "eng"
    callback: Callback | None = None

    def request(self, **content: object) -> dict[str, object]:
        """The member ``request`` of the envelope: what all ways in have in common, and `content`.

        :param content: ``authdata``, ``odkconfig`` or ``csvDelimiter``
        """
        request = {
            "output": self.output,
            "deliverytype": "callback" if self.callback else "download",
            "lang": self.lang,
            "mapping": dict(self.mapping),
            "outputFormat": self.output_format,
            "callbackProperties": self.callback and self.callback.properties(),
            **content,
        }
        return without_blanks(request)


def envelope(request: Mapping[str, object], now: datetime | None = None) -> dict[str, object]:
    """The whole body. ``metadata`` has to be a text here, though answers carry an object.

    :param now: aware; the moment of the call by default
    """
    return {
        "id": str(uuid.uuid4()),
        "version": VERSION,
        "metadata": "",
        "requesttime": request_time(now or datetime.now(UTC)),
        "request": dict(request),
    }


def request_time(moment: datetime) -> str:
    """An aware moment as an MTS wants it: UTC, with a fraction, ending in ``Z``."""
    text = moment.astimezone(UTC).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")


def without_blanks(values: Mapping[str, object]) -> dict[str, object]:
    """Only what has a value: no None, no False, no empty text, list or object."""
    return {key: value for key, value in values.items() if value not in (None, False, "", [], {})}
