"""JSON answers, and refusals in FastAPI's form: {"detail": …}."""

import json
from typing import Any

from werkzeug import Response


class Refusal(Exception):
    """Ends a call with this HTTP status, `detail` and extra headers."""

    def __init__(self, status: int, detail: Any, headers: dict[str, str] | None = None) -> None:
        super().__init__(status)
        self.status = status
        self.detail = detail
        self.headers = headers or {}

    def response(self) -> Response:
        return json_response({"detail": self.detail}, self.status, self.headers)


def dump(value: Any) -> str:
    """Return JSON as FastAPI writes it: no blanks, letters of all scripts as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def json_response(value: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """Return `value` as a JSON response; a text is taken for JSON that is ready to be sent."""
    text = value if isinstance(value, str) else dump(value)
    return Response(text, status, headers, content_type="application/json")
