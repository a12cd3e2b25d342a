"""A local HTTP server that says what a test tells it to, where the sample registry has no dial."""

import json
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs


@dataclass(frozen=True)
class Reply:
    """What the peer answers.

    :param body: bytes as they are, or anything else as JSON
    :param delay: seconds before the answer
    """

    status: int = 200
    body: Any = b""
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0

    @property
    def content(self) -> bytes:
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


@dataclass(frozen=True)
class Seen:
    """A request the peer got."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def form(self) -> dict[str, str]:
        return {name: values[0] for name, values in parse_qs(self.body.decode()).items()}


@dataclass
class Peer:
    """A running peer. It gives its replies in turn and repeats the last one."""

    url: str
    replies: list[Reply]
    seen: list[Seen] = field(default_factory=list)

    def answer(self, request: Seen) -> Reply:
        reply = self.replies[min(len(self.seen), len(self.replies) - 1)]
        self.seen.append(request)
        return reply


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        request = Seen(self.command, self.path, dict(self.headers), self.rfile.read(length))
        reply = self.server.peer.answer(request)
        time.sleep(reply.delay)
        self.send_response(reply.status)
        for name, value in {"Content-Type": "application/json", **reply.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply.content)))
        self.end_headers()
        self.wfile.write(reply.content)

    do_POST = do_CONNECT = do_GET

    def log_message(self, *_args) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_args) -> None:
        """A client that hangs up early is what some tests are about."""


@contextmanager
def serving(
    *replies: Reply,
    certificate: tuple[Path, Path] | None = None,
    client_ca: Path | None = None,
) -> Iterator[Peer]:
    """Have a peer for the length of a block.

    :param certificate: paths of a certificate and its key, for https
    :param client_ca: ask who calls for a certificate of this authority
    """
    with _Server(("127.0.0.1", 0), _Handler) as server:
        scheme = "http"
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*certificate)
            if client_ca:
                context.load_verify_locations(client_ca)
                context.verify_mode = ssl.CERT_REQUIRED
                # Later versions refuse after the handshake, in a race with the request.
                context.maximum_version = ssl.TLSVersion.TLSv1_2
            server.socket = context.wrap_socket(server.socket, server_side=True)
            scheme = "https"
        server.peer = Peer(f"{scheme}://127.0.0.1:{server.server_port}", list(replies or [Reply()]))
        Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield server.peer
        finally:
            server.shutdown()
