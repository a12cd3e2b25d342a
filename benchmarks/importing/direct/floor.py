"""The floor: the ORM's own batched create, with values ready-made, and nothing else."""

from collections.abc import Iterator

from odoo.addons.g2p_social_registry_importer.flow.context import SILENT

from .ready_made import LINK, Maker, ReadyMade

#: Book-keeping that the importer writes as superuser, too.
_AS_SUPERUSER = ("g2p.group.membership", LINK)


class Floor:
    """Creates what a first import creates: one batch per model and page.

    :param importer: the import, as superuser
    """

    def __init__(self, importer, prefix: str):
        self._maker = Maker(importer, prefix)
        self._company = importer.company_id.id
        self._ids: dict[int, int] = {}

    def prepare(self, pages) -> Iterator[ReadyMade]:
        """Everything that need not be measured."""
        return map(self._maker.prepare, pages)

    def create(self, env, page: ReadyMade) -> int:
        """Create the registrants of a page with all their rows; how many people that is."""
        env = env["res.partner"].with_context(**SILENT).with_company(self._company).env
        created = env["res.partner"].create(list(page.partners.values()))
        self._ids.update(zip(page.partners, created.ids, strict=True))
        for model, rows in page.rows.items():
            records = env[model].sudo() if model in _AS_SUPERUSER else env[model]
            records.create([{**self._pointing(pointers), **values} for pointers, values in rows])
        return page.people

    def _pointing(self, pointers: dict[str, int]) -> dict[str, int]:
        return {name: self._ids[number] for name, number in pointers.items()}
