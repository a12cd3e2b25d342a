"""Creating and updating the registrants themselves."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from odoo.fields import Date

from ..meaning.policy import digests, values_to_write
from .context import ImportContext
from .days import leave_out_misfits
from .nodes import Node
from .rows import write_row


class People:
    """Writes names, dates, addresses: everything that is a plain field of the registrant."""

    def __init__(self, context: ImportContext):
        self._context = context
        self._partners = context.env["res.partner"]

    def write(self, nodes: Iterable[Node]) -> None:
        """Create who is new, update who differs; sets ``is_new`` and ``is_changed``."""
        nodes = list(nodes)
        self._update([node for node in nodes if node.partner_id])
        self._create([node for node in nodes if not node.partner_id])

    def _create(self, nodes: list[Node]) -> None:
        # Odoo's own word for: nothing is to be taken over from a parent, or by children. A new
        # registrant has neither; looking at each of them for it is a tenth of the time.
        partners = self._partners.with_context(_partners_skip_fields_sync=True)
        created = partners.create([self._creation_values(node) for node in nodes])
        for node, partner in zip(nodes, created, strict=True):
            node.partner_id, node.is_new = partner.id, True
            node.applied = digests(partner, node.registrant.values)

    def _creation_values(self, node: Node) -> dict[str, Any]:
        values = _orm_values(node.registrant.values)
        leave_out_misfits(self._context, node, values, self._by_itself)
        return {
            **values,
            "is_registrant": True,
            "is_group": node.registrant.is_group,
            "company_id": self._context.company.id,
            "data_source_id": self._context.source.id,
        }

    @cached_property
    def _by_itself(self) -> dict[str, Any]:
        """What a new registrant has for dates of which the source says nothing."""
        return {"birthdate": False, "registration_date": Date.context_today(self._partners)}

    def _update(self, nodes: list[Node]) -> None:
        partners = self._partners.browse([node.partner_id for node in nodes])
        for node, partner in zip(nodes, partners, strict=True):
            wanted = _orm_values(node.registrant.values)
            changes = values_to_write(self._context.policy, wanted, partner, node.applied)
            leave_out_misfits(self._context, node, changes, partner)
            if not partner.data_source_id:
                changes["data_source_id"] = self._context.source.id
            if node.is_undone and not partner.active:
                node.is_back = changes["active"] = True
            if changes:
                write_row(node, partner, changes)
            as_sent = [n for n in wanted if n in changes or partner[n] == wanted[n]]
            node.applied |= digests(partner, as_sent)


def _orm_values(values) -> dict[str, Any]:
    """What the ORM writes: False where a field is to be emptied."""
    return {name: False if value is None else value for name, value in values.items()}
