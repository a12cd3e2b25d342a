from odoo import models
from odoo.exceptions import UserError

#: What a run goes by from its first page to its last. People of one source must not come in as
#: those of another, nor half of a run into one company, or programme, and half into another.
_KEPT_BY_A_RUN = ("data_source_id", "target_registry", "company_id", "target_program")


class SocialRegistryImportSteadiness(models.AbstractModel):
    """Settings that stay what they are as long as something goes by them."""

    _name = "g2p.social.registry.import.steadiness"
    _description = "Steadiness of an Import"

    def write(self, vals):
        """Write settings.

        :raises UserError: a run or an undo is under way that goes by what it was; or the import
            was run, and is to move to another company
        """
        for importer in self:
            if changed := importer._changed_settings(vals):
                importer._refuse_meanwhile(changed)
        return super().write(vals)

    def _changed_settings(self, vals):
        fields = {name: self._fields[name] for name in _KEPT_BY_A_RUN if name in vals}
        return [
            name
            for name, field in fields.items()
            if field.convert_to_cache(vals[name], self) != field.convert_to_cache(self[name], self)
        ]

    def _refuse_meanwhile(self, changed):
        if self.active_run_id or self._undo_under_way():
            labels = [self._fields[name]._description_string(self.env) for name in changed]
            raise UserError(
                self.env._(
                    "A run of this import is under way, or being undone, and goes by: %s. Wait for "
                    "its end, or cancel it, and change it then.",
                    ", ".join(labels),
                )
            )
        if "company_id" in changed and self.run_ids:
            raise UserError(
                self.env._(
                    "What this import holds of people belongs to the company that ran it. "
                    "Duplicate the import for another company."
                )
            )
