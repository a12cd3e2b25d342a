"""Answers that are not a search result, in the form of the real server: {"detail": …}."""

from typing import Any

from werkzeug import Response

from .engine import dump


class Refusal(Exception):
    """Ends a call with this HTTP status, `detail` and extra headers."""

    def __init__(self, status: int, detail: Any, headers: dict[str, str] | None = None) -> None:
        super().__init__(status)
        self.status = status
        self.detail = detail
        self.headers = headers or {}

    def response(self) -> Response:
        return json_response({"detail": self.detail}, self.status, self.headers)


def json_response(value: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """Return `value` as a JSON response; a text is taken for JSON that is ready to be sent."""
    text = value if isinstance(value, str) else dump(value)
    return Response(text, status, headers, content_type="application/json")
