from collections import defaultdict

from odoo import api, models

from odoo.addons.g2p_registry_base.models.reg_id import KEY_FIELDS

from ..flow.ledger import note_other_vid
from ..flow.parameters import read_number
from ..flow.vid_rule import TOKEN_TYPE, read_rule
from ..meaning.vid_hash import normalised


class RegId(models.Model):
    """A VID that was deleted because a token stands for it does not come back.

    A token that is changed here is not the one any more that came from an MTS; and one that came
    for a VID that is changed here proves nothing about the new one.
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

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        if people := rows._vid_holders():
            # Somebody with a token may get one more VID; it is only answers under way that are not
            # for this one.
            note_other_vid(self.env, people, is_answered=False)
        return rows

    def write(self, vals):
        tokens = self._changed_by(vals, str)._tokens()
        changed = self._changed_by(vals, normalised)
        people = changed._vid_holders()
        result = super().write(vals)
        if tokens:
            # sudo: the ledger is closed; all that is noted is what the caller has just done.
            self.env["g2p.mts.request.line"].sudo()._note_changed(tokens)
        if people := people | changed._vid_holders():
            note_other_vid(self.env, people, is_answered=True)
        return result

    def _changed_by(self, vals, read):
        """Those of these IDs that will be other ones.

        :param read: what two ways of writing one value have in common
        """
        new = {name: value for name, value in self._clean_value(vals).items() if name in KEY_FIELDS}

        def is_changed(row):
            [old] = row._key_values()
            return any(read(str(old[name])) != read(str(value)) for name, value in new.items())

        return self.filtered(is_changed)

    def _tokens(self):
        return self.filtered_domain([("id_type", "=", read_number(self.env, TOKEN_TYPE, 0))])

    def _vid_holders(self):
        """Ids of the people whose VIDs are among these IDs."""
        types = read_rule(self.env).vid_types if self else ()
        return set(self.filtered_domain([("id_type", "in", types)]).partner_id.ids)
