"""Calls of a running Odoo from outside, as other systems make them: XML-RPC."""

import xmlrpc.client
from typing import Any

from .server import Odoo


class Client:
    """One user of one database."""

    def __init__(self, odoo: Odoo):
        self.odoo = odoo
        common = xmlrpc.client.ServerProxy(f"{odoo.url}/xmlrpc/2/common")
        self._objects = xmlrpc.client.ServerProxy(f"{odoo.url}/xmlrpc/2/object", allow_none=True)
        self._uid = common.authenticate(odoo.database, odoo.login, odoo.password, {})

    def call(self, model: str, method: str, *values: Any, **named: Any) -> Any:
        """Call a public method. Raises xmlrpc.client.Fault with Odoo's own message."""
        user = (self.odoo.database, self._uid, self.odoo.password)
        return self._objects.execute_kw(*user, model, method, values, named)

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
