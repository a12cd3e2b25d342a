"""What a dial does to a call of the API before MTS sees it."""

import time
from typing import Any

from werkzeug import Response

from tests.servers.answers import Refusal

PAGE = "<html><head><title>{0}</title></head><body><h1>{0} Bad Gateway</h1></body></html>"


def hinder(scope: str, struck: dict[str, Any]) -> Response | None:
    """Wait, break the line, or return the answer of a proxy.

    Raises ConnectionResetError, or Refusal as an answer without envelope.
    """
    time.sleep(struck.get(f"{scope}_slow", 0))
    if f"{scope}_reset" in struck:
        raise ConnectionResetError("dial")
    if f"{scope}_500" in struck:
        raise Refusal(struck[f"{scope}_500"], "Internal Server Error")
    if f"{scope}_html" in struck:
        status = struck[f"{scope}_html"]
        return Response(PAGE.format(status), status, content_type="text/html; charset=utf-8")
    return None
