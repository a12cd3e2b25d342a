from odoo import api, fields, models

#: Filters of OpenG2P that are texts, but compared with a day.
_DAYS = ("createDate", "writeDate", "registrationDate", "birthdate")


class PickQueryFilter(models.TransientModel):
    """One filter a registry offers, and what it is set to."""

    _name = "g2p.social.registry.import.query.filter"
    _description = "Filter of a Query"

    picker_id = fields.Many2one(
        "g2p.social.registry.import.query.picker", required=True, ondelete="cascade"
    )
    name = fields.Char("At the Source", required=True, readonly=True)
    type = fields.Char(readonly=True)
    label = fields.Char("Filter", compute="_compute_label")
    hint = fields.Char("Takes", compute="_compute_label")
    value = fields.Char(help="Empty: no filter.")

    @api.depends("name", "type")
    def _compute_label(self):
        for picker, rows in self.grouped("picker_id").items():
            importer = picker.importer_id
            offer = picker._offer_of(importer)
            for row in rows:
                (use,) = importer._uses([row.name])
                row.label = row._own_label() or importer._field_label(use) or row.name
                row.hint = ", ".join(offer.filters[row.name].choices) or row._hint()

    def _own_label(self):
        return {
            "lastSyncDate": self.env._("Created Since"),
            "createDate": self.env._("Created On"),
            "writeDate": self.env._("Changed On"),
            "phoneNumberIds": self.env._("Phone Number"),
            "kind": self.env._("Kind of Group"),
        }.get(self.name)

    def _hint(self):
        if self.name == "lastSyncDate":
            return self.env._("a day or time in UTC, e.g. 2026-03-02; the cursor may move it on")
        if self.name in _DAYS:
            return self.env._("a day, e.g. 2026-03-02")
        return {
            "Int": self.env._("a whole number"),
            "Float": self.env._("a number"),
            "Boolean": self.env._("true or false"),
        }.get(self.type, self.env._("the same text, letter by letter"))
