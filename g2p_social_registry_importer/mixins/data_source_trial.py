from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ..wire.errors import RegistryError
from ..wire.trial import ask_for_one

_FOUND = ("trial_date", "trial_state", "trial_text")
#: Writing to other fields changes how the registry is reached, and the last verdict is history.
_NO_SETTINGS = ("trial_", "checkup_", "source_schema", "access_token_", "name")
#: Seconds to wait: somebody sits before the screen.
_PATIENCE = 15


class DataSourceTrial(models.AbstractModel):
    """The button "Test Connection", and what came of it last."""

    _name = "spp.data.source.trial"
    _description = "Connection Test of a Data Source"
    _own_fields = _FOUND

    trial_date = fields.Datetime("Tested", readonly=True, copy=False)
    trial_state = fields.Selection(
        [("works", "Works"), ("fails", "Fails")], "Last Test", readonly=True, copy=False
    )
    trial_text = fields.Text("Test Result", readonly=True, copy=False)

    def write(self, vals):
        """What was found out with other settings says nothing about these."""
        if not all(name.startswith(_NO_SETTINGS) for name in vals):
            vals = {**dict.fromkeys(_FOUND, False), **vals}
        return super().write(vals)

    def action_test_connection(self):
        """Button "Test Connection": a token, then one record; the verdict is shown and kept.

        :raises AccessError: the caller is no import manager
        """
        self.ensure_one()
        if not self.env.user.has_group("g2p_social_registry_importer.group_import_manager"):
            raise AccessError(self.env._("Only import managers may do this."))
        self.check_access("write")
        works, text = self._try_out()
        # sudo: the verdict is for no hand to write; role and access were checked.
        self.sudo().write(
            {
                "trial_date": fields.Datetime.now(),
                "trial_state": "works" if works else "fails",
                "trial_text": text,
            }
        )
        return self._verdict_action(works, text)

    def _try_out(self):
        """Whether the connection works, and why, in words."""
        try:
            self._check_usable()
        except UserError as error:
            return False, str(error)
        try:
            if self._asks_for_tokens():
                self._access_token(renew=True)
        except RegistryError as error:
            return False, self.env._("There is no token to ask with. %(why)s", why=error)
        try:
            with self._registry(timeout=min(self.timeout, _PATIENCE)) as registry:
                found = ask_for_one(registry, is_group=self._is_asked_for_groups())
        except RegistryError as error:
            return False, self.env._("The registry could not be asked. %(why)s", why=error)
        return True, self._words_of_success(*found)

    def _words_of_success(self, rows, seconds):
        if rows:
            return self.env._(
                "The registry answered with a record in %(seconds).1f seconds.", seconds=seconds
            )
        return self.env._("The registry answered, but it holds nobody of the kind asked for.")

    def _verdict_action(self, works, text):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if works else "danger",
                "title": self.env._("The connection works")
                if works
                else self.env._("The connection does not work"),
                "message": text,
                "sticky": not works,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
