"""HTTP/1.1 with kept-alive connections, one thread each, on werkzeug's server."""

import os
import socket
import ssl
import struct
import sys
from collections.abc import Callable
from threading import Thread

from werkzeug import Request, Response
from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler

App = Callable[[Request], Response]


class Handler(WSGIRequestHandler):
    """Reads a whole request, asks the application, sends the whole response.

    werkzeug's own handler closes every connection after one answer, because it cannot know
    whether the application has read the body. Here the body is always read.
    """

    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True

    def run_wsgi(self) -> None:
        self.environ = self.make_environ()
        request = Request(self.environ)
        request.get_data()
        try:
            self._send(self.server.app(request))
        except ConnectionResetError:
            self._abort()

    def _send(self, response: Response) -> None:
        body = response.get_data()
        self.send_response(response.status_code)
        for name, value in response.headers.items():
            self.send_header(name, value)
        if "Content-Length" not in response.headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _abort(self) -> None:
        # Without lingering, closing sends RST: "connection reset by peer" on the other side.
        # The descriptor itself is closed, as the streams would keep the socket object open.
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        os.close(self.connection.detach())

    def log(self, *_args) -> None:
        """Say nothing: the control endpoints know more."""


def listen(
    app: App, host: str, port: int, encryption: ssl.SSLContext | None = None
) -> ThreadedWSGIServer:
    """Return a server that is bound and listening, not yet serving.

    `app` returns a response, or raises ConnectionResetError to have the connection reset.
    """
    return ThreadedWSGIServer(host, port, app, Handler, ssl_context=encryption)


def encrypted(certificate: str, key: str, client_ca: str | None = None) -> ssl.SSLContext:
    """Return what https needs: paths of PEM files. `client_ca`: ask who calls for a certificate."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    if client_ca:
        context.load_verify_locations(client_ca)
        context.verify_mode = ssl.CERT_REQUIRED
    return context


def serve(
    app: App,
    host: str,
    port: int,
    *,
    exit_with_parent: bool,
    encryption: ssl.SSLContext | None = None,
) -> None:
    """Say where, then serve until interrupted, or until standard input closes."""
    server = listen(app, host, port, encryption)
    if exit_with_parent:
        Thread(target=_await_end_of_input, daemon=True).start()
    scheme = "https" if encryption else "http"
    print(f"listening on {scheme}://{host}:{server.server_port}", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()


def _await_end_of_input() -> None:
    sys.stdin.buffer.read()
    os._exit(0)
