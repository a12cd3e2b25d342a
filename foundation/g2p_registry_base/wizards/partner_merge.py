from collections.abc import Callable, Sequence
from itertools import chain
from typing import NamedTuple

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import groupby


class HeldOnce(NamedTuple):
    """Rows of which a registrant has one at most for each thing they are about.

    :param model: of the rows
    :param holder: field that names the registrant
    :param about: field that names the thing
    :param is_better: whether a row is rather kept than one of which this is not so
    """

    model: str
    holder: str
    about: str
    is_better: Callable[[models.BaseModel], bool] = bool


class PartnerMerge(models.TransientModel):
    """Whoever is left of several registrants has what each of them had, and nothing twice.

    Odoo does not see unique indexes, and ends in an error of the database. Where it sees a
    constraint, it drops all rows of those who go, also the ones that nothing stands against.
    """

    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        """Move what they had.

        :raises UserError: nobody guesses whether they are one household or person, or which
            of two IDs of one type is right
        :raises AccessError: who merges may not change one of them
        """
        everybody = dst_partner + src_partners
        everybody.check_access("write")
        self._refuse_two_kinds(everybody.filtered("is_registrant"))
        self._refuse_two_ids(everybody)
        self._drop_relations_within(everybody)
        for held in self._held_once():
            self._drop_doubles(held, everybody)
        return super()._update_foreign_keys(src_partners, dst_partner)

    @api.model
    def _held_once(self) -> Sequence[HeldOnce]:
        """What nobody has twice; addons add theirs."""
        return []

    def _refuse_two_kinds(self, registrants):
        if len(set(registrants.mapped("is_group"))) > 1:
            raise UserError(self.env._("A group and a person cannot be merged."))

    def _refuse_two_ids(self, everybody):
        # sudo: whoever may merge people merges what they hold; only the type is told.
        rows = self.env["g2p.reg.id"].sudo().search([("partner_id", "in", everybody.ids)])
        twice = [kind.name for kind, held in groupby(rows, lambda row: row.id_type) if held[1:]]
        if twice:
            raise UserError(
                self.env._(
                    "More than one of them has an ID of this type: %s. Delete the wrong ones "
                    "first, then merge again.",
                    ", ".join(sorted(twice)),
                )
            )

    def _drop_relations_within(self, everybody):
        """Nobody is related to themselves."""
        ids = everybody.ids
        # sudo: see above.
        relations = self.env["g2p.reg.rel"].sudo()
        relations.search([("source", "in", ids), ("destination", "in", ids)]).unlink()

    def _drop_doubles(self, held, everybody):
        # sudo: see above.
        model = self.env[held.model].sudo().with_context(active_test=False)
        rows = model.search([(held.holder, "in", everybody.ids)])
        place = {partner: index for index, partner in enumerate(everybody.ids)}
        ranked = rows.sorted(lambda row: (not held.is_better(row), place[row[held.holder].id]))
        doubles = (same[1:] for _thing, same in groupby(ranked, lambda row: row[held.about]))
        model.concat(*chain.from_iterable(doubles)).unlink()
