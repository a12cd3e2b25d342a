"""A record-at-a-time importer: search, then create or write, person by person."""

from collections.abc import Iterator

from odoo.fields import Command

from odoo.addons.g2p_social_registry_importer.meaning.records import Registrant

from . import NAIVE_PEOPLE
from .ready_made import LINK, Maker, falsy


class Naive:
    """Imports each registrant by itself, as one writes it first.

    :param importer: the import, as superuser
    """

    def __init__(self, importer, prefix: str):
        self._maker = Maker(importer, prefix)

    def prepare(self, pages) -> Iterator[list[Registrant]]:
        """The first records of the pages; ID types and kinds are known afterwards."""
        left = NAIVE_PEOPLE
        for page in pages:
            self._maker.prepare(page)
            taken: list[Registrant] = []
            for registrant in page:
                if left > 0:
                    taken.append(registrant)
                    left -= len(registrant.members or [registrant])
            yield taken

    def create(self, env, page: list[Registrant]) -> int:
        """Import the records of a page, one by one; how many people that is."""
        return sum(self._import(env, registrant) for registrant in page)

    def _import(self, env, registrant: Registrant) -> int:
        record = self._create_or_write(env, registrant)
        if registrant.members is None:
            return 1
        for member in registrant.members:
            self._join(env, record, self._create_or_write(env, member.person), member)
        return len(registrant.members)

    def _create_or_write(self, env, registrant: Registrant):
        record = self._search(env, registrant)
        if record:
            record.write(falsy(registrant.values))
        else:
            record = env["res.partner"].create(self._values(registrant))
        self._remember(env, record, registrant)
        return record

    def _search(self, env, registrant: Registrant):
        for identifier in registrant.identifiers or ():
            values = self._maker.identifier(identifier)
            domain = [(name, "=", values[name]) for name in ("id_type", "value")]
            if found := env["g2p.reg.id"].search(domain, limit=1):
                return found.partner_id
        return env["res.partner"]

    def _values(self, registrant: Registrant) -> dict:
        ids = [Command.create(self._maker.identifier(i)) for i in registrant.identifiers or ()]
        phones = [Command.create(self._maker.phone(p)) for p in registrant.phones or ()]
        own = self._maker.partner(registrant)
        return {**own, "reg_ids": ids, "phone_number_ids": phones}

    def _join(self, env, household, person, member) -> None:
        pair = {"group": household.id, "individual": person.id}
        rows = env["g2p.group.membership"].sudo()
        kinds = {"kind": self._maker.kinds(member)}
        if found := rows.search([(name, "=", value) for name, value in pair.items()], limit=1):
            found.write(kinds)
        else:
            rows.create({**pair, **kinds})

    def _remember(self, env, record, registrant: Registrant) -> None:
        links = env[LINK].sudo()
        own = {**self._maker.link(registrant), "registrant_id": record.id}
        keys = ("fetch_social_registry_id", "registrant_id")
        if found := links.search([(key, "=", own[key]) for key in keys], limit=1):
            found.write({"last_seen": own["last_seen"], "fingerprint": own["fingerprint"]})
        else:
            links.create(own)
