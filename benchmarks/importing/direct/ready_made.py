"""Records of a page as values for the ORM's `create`."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from odoo import fields
from odoo.fields import Command

from odoo.addons.g2p_social_registry_importer.meaning.records import Registrant

Values = dict[str, Any]
LINK = "g2p.social.registry.imported.registrants"


@dataclass
class ReadyMade:
    """The rows of one page. Each registrant has a number, which stands for the id it will have.

    :param partners: number → values of the registrant
    :param rows: model → (fields that point to registrants, by number; further values)
    """

    people: int = 0
    partners: dict[int, Values] = field(default_factory=dict)
    rows: dict[str, list[tuple[dict[str, int], Values]]] = field(default_factory=dict)

    def add(self, model: str, pointers: dict[str, int], values: Values) -> None:
        self.rows.setdefault(model, []).append((pointers, values))


class Maker:
    """Prepares page after page; who was on an earlier page is not created again.

    :param importer: the import, as superuser; only used while preparing
    :param prefix: goes before each identifier's value, so that the import finds nobody
    """

    def __init__(self, importer, prefix: str):
        self._env = importer.env
        self._prefix = prefix
        self._import = {"fetch_social_registry_id": importer.id}
        self._source = {"data_source_id": importer.data_source_id.id}
        self._company = {"company_id": importer.company_id.id}
        self._numbers: dict[object, int] = {}
        self._names: dict[tuple[str, str], int] = {}

    def prepare(self, page: Iterable[Registrant]) -> ReadyMade:
        ready = ReadyMade()
        for registrant in page:
            group = self._add(ready, registrant)
            for member in registrant.members or ():
                ready.add("g2p.group.membership", *self._membership(ready, group, member))
        ready.people = sum(row["is_group"] is False for row in ready.partners.values())
        return ready

    def _add(self, ready: ReadyMade, registrant: Registrant) -> int:
        key = registrant.keys or id(registrant)
        if key not in self._numbers:
            number = self._numbers[key] = len(self._numbers)
            ready.partners[number] = self.partner(registrant)
            for model, values in self._belongings(registrant):
                ready.add(model, {"partner_id": number}, values)
            ready.add(LINK, {"registrant_id": number}, self.link(registrant))
        return self._numbers[key]

    def _belongings(self, registrant: Registrant) -> Iterator[tuple[str, Values]]:
        for identifier in registrant.identifiers or ():
            yield "g2p.reg.id", self.identifier(identifier)
        for phone in registrant.phones or ():
            yield "g2p.phone.number", self.phone(phone)

    def partner(self, registrant: Registrant) -> Values:
        kind = {"is_registrant": True, "is_group": registrant.is_group}
        return {**falsy(registrant.values), **kind, **self._company, **self._source}

    def link(self, registrant: Registrant) -> Values:
        """Values of the row that links a registrant with an import."""
        return {
            **self._import,
            "is_group": registrant.is_group,
            "is_created": True,
            "last_seen": fields.Datetime.now(),
            "fingerprint": registrant.fingerprint,
        }

    def identifier(self, identifier) -> Values:
        return {
            "id_type": self._named("g2p.id.type", identifier.id_type),
            "value": self._prefix + identifier.value,
            "status": "valid",
            **self._source,
            **falsy(identifier.details),
        }

    def phone(self, phone) -> Values:
        return {"phone_no": phone.phone_no, **self._source, **falsy(phone.details)}

    def kinds(self, member) -> list[Command]:
        names = member.kinds or ()
        return [Command.set([self._named("g2p.group.membership.kind", name) for name in names])]

    def _membership(self, ready: ReadyMade, group: int, member) -> tuple[dict[str, int], Values]:
        pointers = {"group": group, "individual": self._add(ready, member.person)}
        return pointers, {"kind": self.kinds(member)}

    def _named(self, model: str, name: str) -> int:
        """The id of the record of that name, made if there is none."""
        key = model, name
        if key not in self._names:
            records = self._env[model]
            found = records.search([("name", "=ilike", name)], limit=1)
            self._names[key] = (found or records.create({"name": name})).id
        return self._names[key]


def falsy(values) -> Values:
    """What the ORM writes where there is nothing."""
    return {name: value or False for name, value in values.items()}
