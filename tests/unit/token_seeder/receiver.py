"""A server that receives callbacks, remembers them, and answers as it is told."""

import threading
import time
from dataclasses import dataclass, field
from typing import Any, Self

from werkzeug import Request, Response

from tests.servers.http_server import listen


@dataclass
class Call:
    """One call received. `body` is JSON, or the raw bytes if it is none."""

    method: str
    path: str
    headers: dict[str, str]
    body: Any
    files: dict[str, bytes] = field(default_factory=dict)
    form: dict[str, str] = field(default_factory=dict)


class Receiver:
    """Answers `status`, after `pause` seconds; `token` is what /token hands out."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.status = 200
        self.pause = 0.0
        self.token = ""
        self._server = listen(self._answer, "127.0.0.1", 0)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_exc: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def at(self, path: str) -> list[Call]:
        return [call for call in self.calls if call.path == path]

    def _answer(self, request: Request) -> Response:
        self.calls.append(
            Call(
                request.method,
                request.path,
                dict(request.headers),
                request.get_json(force=True, silent=True),
                _files(request),
                dict(request.form),
            )
        )
        if request.path == "/token":
            return Response(f'{{"access_token": "{self.token}"}}', content_type="application/json")
        if request.path == "/web/session/authenticate":
            response = Response("{}", content_type="application/json")
            response.set_cookie("session_id", "abc")
            return response
        time.sleep(self.pause)
        return Response("{}", self.status, content_type="application/json")


def _files(request: Request) -> dict[str, bytes]:
    content = {name: file.read() for name, file in request.files.items()}
    for file in request.files.values():
        file.close()
    return content
