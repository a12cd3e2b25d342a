"""`./dev up`: Odoo with workers on a database that is kept, until Ctrl-C."""

import time

from . import server, templates
from .failure import Failure
from .postgres import Server
from .progress import say

DATABASE = "dev"


def up(postgres: Server, port: int | None) -> int:
    """Serve the database `dev`, made first if need be; return the exit code."""
    templates.ensure(postgres, DATABASE)
    with server.running(postgres, DATABASE, port) as odoo:
        say(address(odoo))
        serve(odoo)
    return 0


def address(odoo: server.Odoo) -> str:
    """Where Odoo is, who may log in, and where it writes what it does."""
    logs = "\n        ".join(str(log) for log in odoo.logs)
    return f"\nOdoo:   {odoo.url}\nLogin:  {odoo.login} / {odoo.password}\nLogs:   {logs}"


def serve(odoo: server.Odoo) -> None:
    """Wait until Ctrl-C. Raises Failure should Odoo end by itself."""
    say("Serving until Ctrl-C.")
    try:
        while odoo.is_alive():
            time.sleep(0.5)
    except KeyboardInterrupt:
        say("\nStopping.")
        return
    raise Failure("Odoo ended by itself.", f"Look into {odoo.logs[0].parent}.")
