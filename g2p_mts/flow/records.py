"""The records of a request, built at the moment they are sent and kept nowhere."""

from odoo import models

from ..meaning import catalogue
from ..meaning.values import record_of
from ..mixins.mts_preflight import MISSING_CODES

NONCE = "nonce"


class Records:
    """Builds what is sent of the people of a request, read as the connector's user sees them."""

    def __init__(self, request):
        self._connector = request.connector_id
        # sudo: the ledger is closed; nonces leave with the records only.
        self._lines = request.sudo().line_ids.filtered(lambda line: line.state == "queued")
        self._names = self._connector._parse_list_field("g2p_selected_fields")
        self._targets = {
            target: self._connector._heads(target)
            for target in self._connector._mandatory_targets()
        }

    def build(self) -> list[dict[str, str]]:
        """The records of all who can be sent; the others are refused with the code MTS would give.

        A fixed number of statements, whatever the size.
        """
        people = self._people()
        vids = self._vids(people)
        genders = self._connector.env["gender.type"]._mts_codes()
        records = []
        for line in self._lines:
            person = people.get(line.partner_id.id)
            record = person and self._record(person, vids.get(person.id), genders)
            if code := self._missing(record or {}):
                line._refuse(code)
            else:
                records.append({**record, NONCE: line.nonce})
        return records

    def _people(self) -> dict[int, models.BaseModel]:
        partners = self._connector._partners_of_sender()
        found = partners.search_fetch([("id", "in", self._lines.partner_id.ids)], self._names)
        return {partner.id: partner for partner in found}

    def _vids(self, people: dict[int, models.BaseModel]) -> dict[int, str]:
        id_type = self._connector._id_type("g2p_mts.vid_id_type")
        rows = (
            self._connector._partners_of_sender()
            .env["g2p.reg.id"]
            .search_fetch(
                [("partner_id", "in", list(people)), ("id_type", "=", id_type.id)],
                ["partner_id", "value"],
            )
        )
        return {row.partner_id.id: row.value for row in rows if row.value}

    def _record(self, person, vid: str | None, genders: dict[str, str]) -> dict[str, str]:
        values = {name: self._value(person, name, genders) for name in self._names}
        return record_of({**values, "vid": vid})

    @staticmethod
    def _value(person, name: str, genders: dict[str, str]) -> object:
        """A value without what Odoo says for "none"; a relation is its name."""
        value = person[name]
        if name == "gender":
            return genders.get(value)
        if isinstance(value, models.BaseModel):
            return value.display_name or None
        if value is False and person._fields[name].type != "boolean":
            return None
        return value

    def _missing(self, record: dict[str, str]) -> str:
        """The code for the first thing an MTS would miss, in the order it looks; or nothing."""
        if "vid" not in record:
            return catalogue.NO_VID
        for target, names in self._targets.items():
            if not any(name in record for name in names):
                return MISSING_CODES[target]
        return ""
