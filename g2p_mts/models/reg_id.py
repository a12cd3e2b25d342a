from collections import defaultdict

from odoo import api, models

from odoo.addons.g2p_registry_base.models.reg_id import KEY_FIELDS

from ..flow.parameters import read_number
from ..flow.vid_rule import TOKEN_TYPE


class RegId(models.Model):
    """A VID that was deleted because a token stands for it does not come back.

    A token that is changed here is not the one any more that came from an MTS.
    """

    _inherit = "g2p.reg.id"

    @api.model
    def _holders_of_gone(self, rows):
        # sudo: nobody reads what is gone; whether an ID may be written is no secret to who writes.
        gone = self.env["g2p.mts.vid.gone"].sudo()
        return {**super()._holders_of_gone(rows), **gone._holders(rows)}

    @api.model
    def _are_some_gone(self):
        # sudo: see above.
        return super()._are_some_gone() or bool(self.env["g2p.mts.vid.gone"].sudo()._types())

    @api.model
    def _tokens_of_gone(self, rows):
        # sudo: see above.
        gone = self.env["g2p.mts.vid.gone"].sudo()
        return {**super()._tokens_of_gone(rows), **gone._tokens(rows)}

    @api.model
    def _gone_types(self, partner_ids):
        types = defaultdict(set, super()._gone_types(partner_ids))
        # sudo: see above.
        gone = self.env["g2p.mts.vid.gone"].sudo()
        for partner, held in gone._types_of(partner_ids):
            types[partner] |= held
        return types

    def write(self, vals):
        tokens = self._tokens_changed_by(vals)
        result = super().write(vals)
        if tokens:
            # sudo: the ledger is closed; all that is noted is what the caller has just done.
            self.env["g2p.mts.request.line"].sudo()._note_changed(tokens)
        return result

    def _tokens_changed_by(self, vals):
        """Those of these IDs that are tokens, and will be other ones."""
        new = {name: value for name, value in self._clean_value(vals).items() if name in KEY_FIELDS}
        if not new:
            return self.browse()
        tokens = self.filtered_domain([("id_type", "=", read_number(self.env, TOKEN_TYPE, 0))])
        return tokens.filtered(lambda row: row._key_values() != [{**row._key_values()[0], **new}])
