"""Enrolling the imported registrants of a page in the programme of the import."""

from collections.abc import Iterable
from functools import cached_property

from psycopg2.errors import UniqueViolation

from odoo.exceptions import UserError

from odoo.addons.g2p_registry_base.unlogged import refused_statements_unlogged

from ..meaning.problems import Code, Problem
from .before_images import BeforeImages
from .context import ImportContext
from .outcome import Outcome

_ARCHIVED = (
    "This registrant is archived here, so nobody was enrolled. Restore the registrant, and the "
    "next run enrols; or leave it, if the archiving was meant."
)


class Enrolment:
    """Gives registrants a membership, whoever else enrols people at the same time."""

    def __init__(self, context: ImportContext):
        self._context = context

    def enrol(self, outcomes: Iterable[Outcome]) -> list[Problem]:
        """Enrol whoever was imported; returns why nobody could be, if so."""
        imported = [outcome for outcome in outcomes if outcome.was_imported]
        if not self._context.importer.target_program or not imported:
            return []
        self._tell_of_archived(imported)
        imaged = {outcome.registrant_id for outcome in imported if outcome.has_image}
        return self._enrol_these({outcome.registrant_id for outcome in imported}, imaged)

    def enrol_again(self) -> list[Problem]:
        """Enrol whomever the page has brought in before; returns why nobody could be, if so."""
        if not self._context.importer.target_program:
            return []
        ids = self._brought_in()
        return self._enrol_these(ids, BeforeImages(self._context).of(ids))

    def _enrol_these(self, ids: set[int], imaged: set[int]) -> list[Problem]:
        """:param imaged: those of whom this run keeps a before-image"""
        # In one order everywhere, so that two workers do not wait for each other.
        partners = self._context.env["res.partner"].browse(sorted(ids))
        try:
            enrolled = self._enrol(partners)
        except UserError as refusal:
            return [Problem(Code.ENROLMENT_REFUSED, "", str(refusal))]
        BeforeImages(self._context).write_enrolled(set(enrolled.ids) - imaged)
        return []

    def _tell_of_archived(self, outcomes: list[Outcome]) -> None:
        """Who was archived here stays so, and is not enrolled: not in silence."""
        ids = [outcome.registrant_id for outcome in outcomes]
        partners = self._context.env["res.partner"].browse(ids)
        for outcome, partner in zip(outcomes, partners, strict=True):
            if not partner.active:
                outcome.problems.append(Problem(Code.ARCHIVED_HERE, "", _ARCHIVED))

    def _brought_in(self) -> set[int]:
        """Who came with the records of the page, without the members of households."""
        page, run = self._context.page, self._context.run
        links = self._context.env["g2p.social.registry.imported.registrants"]
        found = links.search_fetch(
            [
                ("fetch_social_registry_id", "=", self._context.importer.id),
                ("last_run_id", "=", run.id),
                ("is_group", "=", run.is_group),
                ("last_position", ">=", page.offset),
                ("last_position", "<", page.offset + page.received_count),
            ],
            ["registrant_id"],
        )
        return set(found.registrant_id.ids)

    def _enrol(self, partners):
        """Enrol these; returns who had no membership.

        Whom another worker enrols meanwhile, which this transaction cannot see, is found by
        halving, and is a member already.

        :raises UserError: the programme takes nobody
        """
        try:
            # Odoo logs a statement that fails with its values.
            with refused_statements_unlogged(), self._context.env.cr.savepoint():
                state = self._context.run._enrols_as()
                return self._program._enrol(partners, state).partner_id
        except UniqueViolation as error:
            if error.diag.table_name != "g2p_program_membership":
                raise
            middle = len(partners) // 2
            halves = (partners[:middle], partners[middle:]) if middle else ()
            return partners.browse().union(*(self._enrol(half) for half in halves))

    @cached_property
    def _program(self):
        env, program = self._context.env, self._context.importer.target_program
        program.check_access("read")
        marked = {**env.context, "default_import_run_id": self._context.run.id}
        # sudo: operators enrol nobody but whom they import; that they see the programme is checked.
        return program.with_env(env(su=True, context=marked))
