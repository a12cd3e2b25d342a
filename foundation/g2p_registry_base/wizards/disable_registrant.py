from odoo import fields, models


class DisableRegistrantWizard(models.TransientModel):
    """Asks why before it disables a registrant."""

    _name = "g2p.disable.registrant.wizard"
    _description = "Disable Registrant"

    partner_id = fields.Many2one(
        "res.partner",
        "Registrant",
        required=True,
        ondelete="cascade",
        domain=[("is_registrant", "=", True)],
        default=lambda self: self.env.context.get("active_id"),
    )
    disabled_reason = fields.Text("Reason", required=True)

    def disable_registrant(self):
        """Disable the registrants, if the caller may change them."""
        for wizard in self:
            wizard.partner_id._disable_registrant(wizard.disabled_reason)
        return {"type": "ir.actions.act_window_close"}
