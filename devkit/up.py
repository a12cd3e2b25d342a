"""`./dev up`: Odoo with workers on a database that is kept, until Ctrl-C."""

import time
from contextlib import suppress
from threading import Thread

import requests

from . import server, templates
from .failure import Failure
from .postgres import Server
from .progress import say
from .rpc import Client

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
    Thread(target=_warm_up, args=[odoo], daemon=True).start()
    try:
        while odoo.is_alive():
            time.sleep(0.5)
    except KeyboardInterrupt:
        say("\nStopping.")
        return
    raise Failure("Odoo ended by itself.", f"Look into {odoo.logs[0].parent}.")


def _warm_up(odoo: server.Odoo) -> None:
    """The first visitor would wait some ten seconds; who has changed the password does."""
    with suppress(Failure, requests.RequestException):
        Client(odoo).warm_up()
