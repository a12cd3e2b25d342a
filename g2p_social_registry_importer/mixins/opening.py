from odoo import models


class SocialRegistryImportOpening(models.AbstractModel):
    """Buttons that list the records of another model which belong to this one."""

    _name = "g2p.social.registry.import.opening"
    _description = "Opening of Lists"

    #: The field of the other models that points here.
    _opened_by = ""

    def _open(self, xmlid):
        """The window action of this name, for the records that belong to this one.

        :raises AccessError: the caller may not read this one
        """
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(xmlid)
        return {**action, "domain": [(self._opened_by, "=", self.id)], "context": {}}
