"""The pages of an import as registrants, read by the importer's own reader."""

from collections.abc import Iterator

from odoo.addons.g2p_social_registry_importer.flow.context import field_mapping
from odoo.addons.g2p_social_registry_importer.flow.targets import writable_targets
from odoo.addons.g2p_social_registry_importer.meaning.reading import RecordReader
from odoo.addons.g2p_social_registry_importer.meaning.records import Registrant
from odoo.addons.g2p_social_registry_importer.wire.query import Page, RegistryQuery


def read_pages(importer, numbers) -> Iterator[list[Registrant]]:
    """Some pages of the import's source, without those that have no identifier.

    :param importer: the import, as superuser
    :param numbers: which pages, counted from 0
    """
    source = importer.data_source_id
    reader = RecordReader(field_mapping(source, writable_targets(importer.env)))
    is_group = importer.target_registry == "group"
    query = RegistryQuery(importer.query)
    size = importer.page_size
    with source._registry() as registry:
        for number in numbers:
            # As the import does: each page but the first with the last row of the one before.
            known = 1 if number else 0
            offset, limit = number * size - known, size + known
            answer = registry.fetch(query, Page(is_group=is_group, limit=limit, offset=offset))
            read = (reader.read(raw, is_group=is_group) for raw in answer.records[known:])
            yield [registrant for registrant in read if registrant.keys]
