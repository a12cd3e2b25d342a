"""Links of tables of which many rows are written at once."""

from odoo import fields


class UncheckedMany2one(fields.Many2one):
    """A link without foreign key: the database looks at no other table when a row is written.

    It took most of the time to remember a deleted VID to look up its holder once more, half of it
    to store who is sent, and a third of it to note whom an import has seen again. What is linked
    may be deleted and stay named here, so whoever reads asks for what there still is; or the model
    of what is linked sees to it that nothing stays.
    """

    def update_db_foreign_key(self, model, column):
        """Make none."""
