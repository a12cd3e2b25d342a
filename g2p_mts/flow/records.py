"""The records of a request, built at the moment they are sent and kept nowhere."""

from collections import defaultdict

from odoo.fields import Domain
from odoo.tools import SQL

from ..meaning import catalogue
from ..meaning.values import record_of
from .people import People

NONCE = "nonce"
#: Types of fields whose column is the value, and whose NULL means that there is none.
_PLAIN = ("char", "text", "selection", "date", "datetime")


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
        #: Who has all of these misses nothing, and most people do. None, which nobody has, stands
        #: for a field of the MTS that nothing is mapped to.
        self._usual = {"vid", *(next(iter(names), None) for names in self._targets.values())}

    def build(self) -> list[dict[str, str]]:
        """The records of all who can be sent, and are still to be.

        Whoever cannot be sent is refused with the code an MTS would give; whoever is not meant any
        more is left out: hours may have passed since they were chosen. A fixed number of
        statements, whatever the size.
        """
        lines = self._lines()
        # Whoever was deleted meanwhile has left an empty place.
        ids = [person for _line, person, _nonce in lines if person]
        people = self._people(ids)
        left_out = self._with_vid([person for person in ids if person not in people])
        records, unsent = [], defaultdict(list)
        for line, person, nonce in lines:
            record = record_of(people.get(person, {}))
            if code := catalogue.NOT_MEANT if person in left_out else self._missing(record):
                unsent[code].append(line)
            else:
                record[NONCE] = nonce
                records.append(record)
        self._note_unsent(unsent)
        return records

    def _lines(self) -> list[tuple[int, int, str]]:
        """Line, person and nonce of all who wait to be sent."""
        self._request.env.flush_all()
        query = """SELECT id, partner_id, nonce FROM g2p_mts_request_line
                    WHERE request_id = %s AND state = 'queued' ORDER BY id"""
        return self._request.env.execute_query(SQL(query, self._request.id))

    def _with_vid(self, ids: list[int]) -> set[int]:
        """Those of people who are not meant any more whose VID could be sent."""
        if not ids:
            return set()
        of_these = Domain("partner_id", "in", ids) & self._connector._held_as("g2p_mts.vid_id_type")
        return set(self._partners.env["g2p.reg.id"].search(of_these).partner_id.ids)

    def _people(self, ids: list[int]) -> dict[int, dict[str, object]]:
        """The values of the people who are still meant, the VID among them if there is one.

        Without what Odoo says for "none"; a relation is its name.
        """
        plain = [name for name in self._names if self._is_plain(name)]
        people = self._columns(ids, plain)
        if others := [name for name in self._names if name not in plain]:
            for row in self._partners.search_read([("id", "in", list(people))], others):
                people[row["id"]].update((name, self._value(name, row[name])) for name in others)
        if "gender" in self._names:
            codes = self._connector.env["gender.type"]._mts_codes()
            for values in people.values():
                values["gender"] = codes.get(values["gender"])
        return people

    def _is_plain(self, name: str) -> bool:
        """Whether the column of a field is its value, whoever reads it in whatever language."""
        field = self._partners._fields[name]
        is_own = field.store and not field.company_dependent
        return is_own and field.type in _PLAIN and not getattr(field, "translate", False)

    def _columns(self, ids: list[int], names: list[str]) -> dict[int, dict[str, object]]:
        """VID and columns of those still meant: a third of the time the ORM takes to read them.

        Access to the people is checked by `_search`, and to the fields by `_field_to_sql`.
        """
        people, table = People(self._connector), self._partners._table
        query = people.still_without_token(ids)
        columns = [self._partners._field_to_sql(table, name, query) for name in names]
        select = query.select(SQL.identifier(table, "id"), people.vid(), *columns)
        keys = ("vid", *names)
        rows = self._partners.env.execute_query(select)
        return {row[0]: dict(zip(keys, row[1:], strict=True)) for row in rows}

    def _value(self, name: str, value: object) -> object:
        field = self._partners._fields[name]
        if value is False and field.type != "boolean":
            return None
        if field.type == "reference":
            model, _comma, record = value.partition(",")
            return self._partners.env[model].browse(int(record)).display_name
        return value[1] if field.type == "many2one" else value

    def _note_unsent(self, unsent: dict[str, list[int]]) -> None:
        # sudo: the ledger is written by the connector alone.
        lines = self._request.env["g2p.mts.request.line"].sudo()
        lines.browse(unsent.pop(catalogue.NOT_MEANT, []))._leave_out()
        for code, ids in unsent.items():
            lines.browse(ids)._refuse(code)

    def _missing(self, record: dict[str, str]) -> str:
        """The code for the first thing an MTS would miss, in the order it looks; or nothing."""
        if self._usual <= record.keys():
            return ""
        if "vid" not in record:
            return catalogue.NO_VID
        for target, names in self._targets.items():
            if record.keys().isdisjoint(names):
                return catalogue.MISSING_CODES[target]
        return ""
