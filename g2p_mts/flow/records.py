"""The records of a request, built at the moment they are sent and kept nowhere."""

from collections import defaultdict
from collections.abc import Collection

from odoo.tools import SQL

from ..meaning import catalogue
from ..meaning.values import record_of
from ..mixins.mts_preflight import MISSING_CODES
from .people import People

NONCE = "nonce"


class Records:
    """Builds what is sent of the people of a request, read as the connector's user sees them."""

    def __init__(self, request):
        self._request = request
        self._connector = request.connector_id
        self._partners = self._connector._partners_of_sender()
        self._names = self._connector._parse_list_field("g2p_selected_fields")
        self._targets = {
            target: self._connector._heads(target)
            for target in self._connector._mandatory_targets()
        }

    def build(self) -> list[dict[str, str]]:
        """The records of all who can be sent, and are still to be.

        Whoever cannot be sent is refused with the code an MTS would give; whoever is not meant any
        more is left out: hours may have passed since they were chosen. A fixed number of
        statements, whatever the size.
        """
        lines = self._lines()
        # Whoever was deleted meanwhile has left an empty place.
        ids = [person for _line, person, _nonce in lines if person]
        people, vids = self._people(People(self._connector).still_meant(ids)), self._vids(ids)
        records, unsent = [], defaultdict(list)
        for line, person, nonce in lines:
            values, vid = people.get(person), vids.get(person)
            record = record_of({**values, "vid": vid}) if values else {}
            is_meant = person in people or not vid
            if code := self._missing(record) if is_meant else catalogue.NOT_MEANT:
                unsent[code].append(line)
            else:
                records.append({**record, NONCE: nonce})
        self._note_unsent(unsent)
        return records

    def _lines(self) -> list[tuple[int, int, str]]:
        """Line, person and nonce of all who wait to be sent."""
        self._request.env.flush_all()
        query = """SELECT id, partner_id, nonce FROM g2p_mts_request_line
                    WHERE request_id = %s AND state = 'queued' ORDER BY id"""
        return self._request.env.execute_query(SQL(query, self._request.id))

    def _people(self, ids: Collection[int]) -> dict[int, dict[str, object]]:
        """The values of the people, without what Odoo says for "none"; a relation is its name."""
        genders = self._connector.env["gender.type"]._mts_codes()
        rows = self._partners.search_read([("id", "in", list(ids))], self._names)
        return {row["id"]: self._values(row, genders) for row in rows}

    def _values(self, row: dict[str, object], genders: dict[str, str]) -> dict[str, object]:
        values = {name: self._value(name, row[name]) for name in self._names}
        if "gender" in values:
            values["gender"] = genders.get(row["gender"])
        return values

    def _value(self, name: str, value: object) -> object:
        field = self._partners._fields[name]
        if value is False and field.type != "boolean":
            return None
        if field.type == "reference":
            model, _comma, record = value.partition(",")
            return self._partners.env[model].browse(int(record)).display_name
        return value[1] if field.type == "many2one" else value

    def _vids(self, ids: list[int]) -> dict[int, str]:
        """The VIDs that the connector's user may read."""
        rows = self._partners.env["g2p.reg.id"]
        id_type = self._connector._id_type("g2p_mts.vid_id_type")
        domain = [("partner_id", "in", ids), ("id_type", "=", id_type.id), ("value", "!=", False)]
        columns = (SQL.identifier(rows._table, name) for name in ("partner_id", "value"))
        # Access was checked by `_search`.
        return dict(rows.env.execute_query(rows._search(domain).select(*columns)))

    def _note_unsent(self, unsent: dict[str, list[int]]) -> None:
        # sudo: the ledger is written by the connector alone.
        lines = self._request.env["g2p.mts.request.line"].sudo()
        lines.browse(unsent.pop(catalogue.NOT_MEANT, []))._leave_out()
        for code, ids in unsent.items():
            lines.browse(ids)._refuse(code)

    def _missing(self, record: dict[str, str]) -> str:
        """The code for the first thing an MTS would miss, in the order it looks; or nothing."""
        if "vid" not in record:
            return catalogue.NO_VID
        for target, names in self._targets.items():
            if not any(name in record for name in names):
                return MISSING_CODES[target]
        return ""
