"""Calls of a running Odoo from outside, by the way Odoo's own screens use."""

import re
from typing import Any

import requests

from .failure import Failure
from .server import Odoo

PATIENCE = 120


class Client:
    """The session of one user in one database."""

    def __init__(self, odoo: Odoo):
        self.odoo = odoo
        self._session = requests.Session()
        # A proxy of the environment cannot reach this machine's own ports.
        self._session.trust_env = False
        login = {"db": odoo.database, "login": odoo.login, "password": odoo.password}
        self._post("/web/session/authenticate", login)

    def call(self, model: str, method: str, *values: Any, **named: Any) -> Any:
        """Call a public method. Raises Failure with Odoo's own message."""
        call = {"model": model, "method": method, "args": values, "kwargs": named}
        return self._post(f"/web/dataset/call_kw/{model}/{method}", call)

    def _post(self, path: str, params: dict[str, Any]) -> Any:
        body = {"jsonrpc": "2.0", "method": "call", "params": params}
        answer = self._session.post(self.odoo.url + path, json=body, timeout=PATIENCE)
        answer.raise_for_status()
        content = answer.json()
        if "error" in content:
            reason = content["error"]["data"]["message"]
            raise Failure(f"Odoo refused {path}.", f"Look into {self.odoo.web.log}.", reason)
        # A method that returns nothing is answered without a result.
        return content.get("result")

    def warm_up(self) -> None:
        """Have Odoo build the scripts and styles of its screens, before somebody waits for them."""
        for page in ("/web/login", "/odoo"):
            html = self._session.get(self.odoo.url + page, timeout=PATIENCE).text
            for link in re.findall(r'(?:src|href)="(/web/assets/[^"]+)"', html):
                self._session.get(self.odoo.url + link, timeout=PATIENCE)

    def read(self, model: str, record: int, fields: list[str]) -> dict[str, Any]:
        """Some fields of one record; of a many2one field the id."""
        [row] = self.call(model, "read", [record], fields, load=None)
        return row

    def ref(self, name: str) -> int:
        """The id of the record that an addon's data calls `addon.name`."""
        module, _, name = name.partition(".")
        domain = [["module", "=", module], ["name", "=", name]]
        [row] = self.call("ir.model.data", "search_read", domain, ["res_id"])
        return row["res_id"]

    def find_or_create(self, model: str, values: dict[str, Any]) -> int:
        """The id of the record of that name, made with `values` if there is none."""
        found = self.call(model, "search", [["name", "=", values["name"]]], limit=1)
        return found[0] if found else self.call(model, "create", values)
