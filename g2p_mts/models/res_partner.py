from odoo import fields, models

from ..flow.ledger import forget_people


class ResPartner(models.Model):
    """A registrant, and when it was sent to an MTS."""

    _inherit = "res.partner"

    g2p_mts_line_ids = fields.One2many(
        "g2p.mts.request.line",
        "partner_id",
        "Sent to an MTS",
        readonly=True,
        copy=False,
        groups="mts_connector.group_mts_operator,g2p_mts.group_mts_officer",
    )

    def unlink(self):
        result = super().unlink()
        self._leave_ledger()
        return result

    def _leave_ledger(self):
        """Empty the place of these people in the ledger; what was sent of them stays on record.

        Once more when they are gone for others, too: a batch that was stored at the same moment is
        not seen from here, and one that is stored later would find nobody.
        """
        ids = tuple(self.ids)
        forget_people(self.env, ids)

        @self.env.cr.postcommit.add
        def forget_once_more():
            with self.pool.cursor() as cr:
                forget_people(self.env(cr=cr), ids)
