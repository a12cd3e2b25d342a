from odoo import api, fields, models
from odoo.exceptions import UserError


class MTSSenderMixin(models.AbstractModel):
    """As whom a connector reads registrants, and of which companies, whoever presses a button."""

    _name = "g2p.mts.sender.mixin"
    _description = "In Whose Name an MTS Connector Reads"

    g2p_company_ids = fields.Many2many(
        "res.company",
        "g2p_mts_connector_company_rel",
        "connector_id",
        "company_id",
        string="Companies",
        default=lambda self: self.env.companies,
        help="Whose registrants are sent. Whoever starts the connector works for all of them.",
    )

    def _check_ready(self):
        # Whoever presses Start is the user the connector works as.
        if self.input_type == "custom" and (words := self._sender_problem(self.env.user)):
            raise UserError(words)
        return super()._check_ready()

    def _stops_unapproved(self):
        """Stop the connector also if its user may not read any more all that was approved.

        :returns: whether it was stopped
        """
        if super()._stops_unapproved():
            return True
        words = self._sender_problem(self.user_id or self.env.user)
        if words:
            self._stop_with(words)
        return bool(words)

    def _sender_problem(self, user):
        """In words, why a user cannot read all that is to be sent; empty if they can."""
        if not self._may_read_registrants(user):
            return self._no_rights_words()
        # sudo: which companies a connector is for, and somebody works for, is only compared.
        companies = self.sudo().g2p_company_ids
        if not companies:
            return self.env._("Choose the companies whose registrants are sent.")
        foreign = companies - user.sudo().company_ids
        return self._no_company_words(foreign) if foreign else ""

    @api.model
    def _may_read_registrants(self, user):
        """Whether a user may read registrants and their IDs, the VID among them."""
        models_read = ("res.partner", "g2p.reg.id")
        return all(self.env[name].with_user(user).has_access("read") for name in models_read)

    def _no_rights_words(self):
        return self.env._(
            "A connector reads the registrants with the rights of whoever starts it. Let somebody "
            "start it who may also read registrants and their IDs, such as a registrar."
        )

    def _no_company_words(self, companies):
        return self.env._(
            "A connector reads the registrants of its companies with the rights of whoever starts "
            "it. Let somebody start it who works for all of them, also for: %s.",
            ", ".join(companies.mapped("name")),
        )

    def _partners_of_sender(self):
        """Registrants as the connector's user sees them, in the companies that were approved.

        Nothing of it hangs on who runs the job, or on what they had chosen on their screen: jobs
        take over the companies ticked there, and whether archived records were shown.
        """
        sender = self.user_id or self.env.user
        # sudo: only their ids; the sender works for all of them.
        companies = self.sudo().g2p_company_ids.ids
        own = self.env["res.users"].with_user(sender).context_get()
        partners = self.env["res.partner"].with_user(sender)
        return partners.with_context(**own, allowed_company_ids=companies, active_test=True)
