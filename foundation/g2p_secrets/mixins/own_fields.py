from datetime import datetime

from odoo import api, models
from odoo.exceptions import AccessError


class OwnFields(models.AbstractModel):
    """Fields that only the code writes: ``readonly=True`` keeps nothing but the form from it.

    A model and each of its mixins names them in ``_own_fields``, beside the fields themselves.
    The code writes them with ``sudo()``. In ``_inherit`` of the model this comes first, so that
    what the model's own ``write`` adds to the values is not taken for the caller's.
    """

    _name = "g2p.own.fields"
    _description = "Fields Written by the Code Alone"

    _own_fields = ()

    @api.model_create_multi
    def create(self, vals_list):
        """Create records whose own fields begin with their defaults.

        :raises AccessError: a caller who is not the code gives one of them another value
        """
        if not self.env.su:
            beginning = self._own_beginning()
            for vals in vals_list:
                self._refuse_own(n for n in beginning if vals.get(n, beginning[n]) != beginning[n])
        return super().create(vals_list)

    @api.model
    def default_get(self, fields):
        """Own fields begin as the model says: neither the context nor the user's defaults count.

        Not even for a field that is closed to everybody: Odoo does not look at the rights to it
        when a user has a default of their own.
        """
        if self.env.su:
            return super().default_get(fields)
        beginning = self._own_beginning()
        values = super().default_get([name for name in fields if name not in beginning])
        return {**values, **{n: v for n, v in beginning.items() if v and n in fields}}

    def write(self, vals):
        """Write values; one that changes nothing may be among them, as when a form is saved.

        :raises AccessError: a caller who is not the code changes an own field
        """
        if not self.env.su:
            self._refuse_own(name for name in self._own_names(vals) if self._is_new(name, vals))
        return super().write(vals)

    def copy_data(self, default=None):
        """A copy begins anew: it has not lived through what the own fields tell."""
        own = self._own_names(self._fields)
        data = super().copy_data(default)
        return [{name: vals[name] for name in vals if name not in own} for vals in data]

    @api.model
    def _own_names(self, names):
        """Those of ``names`` that only the code writes."""
        own = {name for cls in type(self).mro() for name in vars(cls).get("_own_fields", ())}
        return [name for name in names if name in own]

    def _own_beginning(self):
        fields = {name: self._fields[name] for name in self._own_names(self._fields)}
        return {name: f.default(self) if f.default else False for name, f in fields.items()}

    def _is_new(self, name, vals):
        field, value = self._fields[name], vals[name]
        if field.type in ("one2many", "many2many"):
            return bool(value)
        return any(_as_sent(record[name]) != _as_read(field, value, record) for record in self)

    def _refuse_own(self, names):
        if refused := list(names):
            labels = [self._fields[name]._description_string(self.env) for name in refused]
            raise AccessError(
                self.env._(
                    "Nobody writes these by hand, they are kept by the system: %s.",
                    ", ".join(labels),
                )
            )


def _as_read(field, value, record):
    """What reading the field would give if this were written to it."""
    return _as_sent(field.convert_to_record(field.convert_to_cache(value, record), record))


def _as_sent(value):
    """Callers are sent moments without the parts of a second."""
    return value.replace(microsecond=0) if isinstance(value, datetime) else value
