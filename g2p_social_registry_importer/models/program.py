from odoo import api, models


class Program(models.Model):
    """A programme stays one for the imports that enrol people in it."""

    _inherit = "g2p.program"

    @api.constrains("company_id", "target_type")
    def _check_imports(self):
        # sudo: imports of every company are looked at, which who manages programmes may not see.
        imports = self.env["g2p.fetch.social.registry.beneficiary"].sudo()
        own = [("target_program", "in", self.ids)]
        imports.with_context(active_test=False).search(own)._check_target_program()
