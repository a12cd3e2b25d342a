"""What all steps of an import need to know."""

from functools import cached_property

from odoo import fields

from ..meaning.mapping import FieldMapping, Rule
from ..meaning.policy import FieldPolicy
from ..meaning.reading import RecordReader
from .catalogue import Catalogue
from .targets import writable_targets

#: No mail, no followers, no tracking: an import of a million people writes no chatter.
SILENT = {
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
    "tracking_disable": True,
}


class ImportContext:
    """One page on its way in.

    :param page: the ``g2p.social.registry.import.page`` record; none in a rehearsal
    :param importer: the import, where no page tells
    :ivar met: ids of the registrants whose records on the page are settled already
    """

    def __init__(self, page, importer=None):
        self.page = page
        self.run = page.run_id
        # Plain numbers: they are looked at for every record.
        self.run_id = page.run_id.id
        self.rows_before = page.offset
        self.importer = importer or page.run_id.fetch_social_registry_id
        self.env = page.with_context(**SILENT).with_company(self.importer.company_id).env
        self.company = self.importer.company_id
        self.policy = FieldPolicy(self.importer.field_policy)
        self.now = fields.Datetime.now()
        self.met: set[int] = set()
        self.keeps_images = self.run._undo_days() > 0

    @cached_property
    def source(self):
        # sudo: operators run imports without the right to see how a source is connected; here
        # only its field mapping and its id are read.
        return (self.run.data_source_id or self.importer.data_source_id).sudo()

    @cached_property
    def catalogue(self) -> Catalogue:
        return Catalogue(
            self.env,
            create_id_types=self.importer.create_missing_id_types,
            create_kinds=self.importer.create_missing_member_kinds,
        )

    @cached_property
    def targets(self):
        return writable_targets(self.env)

    @cached_property
    def reader(self) -> RecordReader:
        latest_day = self.env["res.partner"]._latest_today()
        return RecordReader(field_mapping(self.source, self.targets), latest_day)

    def forget(self) -> None:
        """Read the catalogue again: what a failed attempt created has been rolled back."""
        self.__dict__.pop("catalogue", None)


def field_mapping(source, targets) -> FieldMapping:
    """The rules of a data source as plain data.

    :param source: ``spp.data.source`` record that may be read
    """
    rows = source.data_source_field_mapping_ids
    return FieldMapping({row.key: Rule(row.value, row.clear_on_null) for row in rows}, targets)
