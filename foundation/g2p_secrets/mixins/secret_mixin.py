from odoo import api, models
from odoo.exceptions import UserError, ValidationError

from .. import places
from ..secret_fields import DATABASE

MASK = "••••••••"


class SecretMixin(models.AbstractModel):
    """Secrets of a record: each name in ``_secrets`` has the fields of ``secret_fields.secret``."""

    _name = "g2p.secret.mixin"
    _description = "Secrets of a Record"

    _secrets = ()

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create([self._prepare_secret_vals(vals) for vals in vals_list])
        records._forget_what_was_typed()
        return records

    def write(self, vals):
        result = super().write(self._prepare_secret_vals(vals))
        self._forget_what_was_typed()
        return result

    def _forget_what_was_typed(self):
        """What was typed must not stay in the cache: the answer to saving would carry it back."""
        self.invalidate_recordset(self._secrets, flush=False)

    def _prepare_secret_vals(self, vals):
        """A secret that is kept elsewhere is not kept here as well."""
        moved = [n for n in self._secrets if vals.get(f"{n}_place", DATABASE) != DATABASE]
        return {**vals, **dict.fromkeys(moved, False)}

    @api.constrains(
        lambda self: [f"{n}_{part}" for n in self._secrets for part in ("place", "key")]
    )
    def _check_secret_keys(self):
        for record in self:
            for name in record._secrets:
                record._check_secret_key(name)

    def _check_secret_key(self, name):
        place, key = self[f"{name}_place"], self[f"{name}_key"]
        if place != DATABASE and not places.is_allowed(place, key):
            raise ValidationError(
                self.env._(
                    "%(secret)s: name an environment variable that begins with G2P_ (capital "
                    "letters), or a key of the configuration file that begins with g2p_ (small "
                    "letters). Keys that the server keeps for itself cannot be named.",
                    secret=self._fields[name].string,
                )
            )

    def _show_secret(self, name):
        # sudo: only whether there is a value is shown.
        for record, stored in zip(self, self.sudo(), strict=True):
            record[name] = stored[f"{name}_value"] and MASK

    def _keep_secret(self, name):
        for record in self.filtered(lambda record: record[name] != MASK):
            # sudo: who may write the record may set its secrets, but nobody reads them back.
            record.sudo()[f"{name}_value"] = (record[name] or "").strip()

    def _secret(self, name):
        """The secret itself, for the code that uses it; empty when there is none.

        :raises UserError: it is kept outside the database, and is not there
        """
        self.ensure_one()
        # sudo: the column is closed to everybody; the value goes to private code only.
        record = self.sudo()
        place, key = record[f"{name}_place"], record[f"{name}_key"]
        if place == DATABASE:
            return record[f"{name}_value"] or ""
        if value := places.read(place, key):
            return value
        message = self.env._(
            "%(secret)s: the server has no %(place)s “%(key)s”.",
            secret=self._fields[name].string,
            place=dict(self._fields[f"{name}_place"]._description_selection(self.env))[
                place
            ].lower(),
            key=key,
        )
        raise UserError(message)
