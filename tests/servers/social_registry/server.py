"""HTTP/1.1 with kept-alive connections, one thread each, on werkzeug's server."""

import os
import socket
import struct

from werkzeug import Request, Response
from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler

from .app import App


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
        """Say nothing: /control/log knows more."""


def listen(app: App) -> ThreadedWSGIServer:
    """Return a server that is bound and listening, not yet serving."""
    return ThreadedWSGIServer(app.options.host, app.options.port, app, Handler)
