import re

from odoo import api, fields, models

#: User and password in a URL.
_LOGIN = re.compile(r"//[^/\s@]+@")


class ConfigAudit(models.AbstractModel):
    """Settings of which every change is noted: who, when, from what, to what.

    Noted are all stored fields that can be written in a form. Secrets are named, never shown.
    """

    _name = "g2p.social.registry.config.audit"
    _description = "Settings Whose Changes Are Noted"

    #: Read-only fields that are settings all the same.
    _audited_too = ()
    #: Fields that are no settings, although they can be written.
    _not_audited = ()
    #: Fields the schedule moves by itself: noted only when a person does.
    _moved_by_schedule = ()
    #: Rows that go with the record, each of which is a setting too.
    _audited_rows = ()

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._note_whole("created")
        return records

    def write(self, vals):
        self.check_access("write")
        names = self._audited_names(vals)
        before = {record: record._config_values(names) for record in self} if names else {}
        result = super().write(vals)
        for record, values in before.items():
            record._note_differences(values)
        return result

    def unlink(self):
        self.check_access("unlink")
        for name in self._audited_rows:
            self[name].unlink()
        self._note_whole("deleted")
        return super().unlink()

    # -- what is a setting -----------------------------------------------------------------------

    def _audited_names(self, names):
        return [name for name in names if name in self._fields and self._is_audited(name)]

    def _is_audited(self, name):
        field = self._fields[name]
        if name in self._not_audited or name.startswith(("message_", "activity_")):
            return False
        if name in self._moved_by_schedule and self.env.su:
            return False
        if not field.store or field.type == "one2many" or name in models.MAGIC_COLUMNS:
            return False
        return name in self._audited_too or not (field.readonly or field.related)

    def _is_secret(self, name):
        return self._fields[name].groups == fields.NO_ACCESS

    def _config_values(self, names):
        # sudo: secrets are compared as well; what is kept of them is that they have changed.
        record = self.sudo()
        return {name: record[name] for name in names}

    # -- noting ----------------------------------------------------------------------------------

    def _note_differences(self, before):
        after = self._config_values(before)
        rows = [
            {
                **self._prepare_change_vals(self._kind_of_change(name, after[name])),
                "field_name": name,
                "before": self._config_text(name, before[name]) or False,
                "after": self._config_text(name, after[name]) or False,
            }
            for name in before
            if before[name] != after[name]
        ]
        self._note(rows)

    def _kind_of_change(self, name, value):
        if name != "active":
            return "changed"
        return "restored" if value else "archived"

    def _note_whole(self, action):
        side = "before" if action == "deleted" else "after"
        names = sorted(self._audited_names(self._fields))
        self._note(
            [
                {**record._prepare_change_vals(action), side: record._config_summary(names)}
                for record in self
            ]
        )

    def _note(self, rows):
        # sudo: nobody has the right to write what is noted.
        self.env["g2p.social.registry.config.change"].sudo().create(rows)

    def _prepare_change_vals(self, action):
        # sudo: names only; whoever changes a setting may not read all that goes with it.
        record = self.sudo()
        return {
            "model": self._name,
            "record_name": record.display_name,
            "action": action,
            **record._config_owner(),
        }

    def _config_owner(self):
        """Values that say which import, data source and company the setting belongs to."""
        return {}

    # -- in words --------------------------------------------------------------------------------

    def _config_summary(self, names):
        values = self._config_values(names)
        texts = {name: self._config_text(name, values[name]) for name in names}
        return "\n".join(f"{name}: {text}" for name, text in texts.items() if text)

    def _config_text(self, name, value):
        if self._is_secret(name):
            return self.env._("secret, not shown") if value else ""
        # sudo: see above.
        field = self._fields[name]
        text = field.convert_to_export(value, self.sudo())
        is_empty = text is None or (text is False and field.type != "boolean")
        return "" if is_empty else _without_logins(str(text))


def _without_logins(text):
    """The text, of whose URLs no user name and no password is left."""
    return _LOGIN.sub("//…@", text)
