from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

KEY_FIELDS = ("partner_id", "id_type", "value")
MAX_VALUE_LENGTH = 100


class RegId(models.Model):
    """An identifier of a registrant. It shows up as the registrant it belongs to."""

    _name = "g2p.reg.id"
    _description = "Registrant ID"
    _order = "id desc"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        "res.partner",
        "Registrant",
        required=True,
        ondelete="cascade",
        domain=[("is_registrant", "=", True)],
    )
    id_type = fields.Many2one("g2p.id.type", "ID Type", required=True, ondelete="restrict")
    id_type_as_str = fields.Char(related="id_type.name", string="ID Type Name")
    value = fields.Char(size=MAX_VALUE_LENGTH, index="trigram")
    expiry_date = fields.Date()
    status = fields.Selection([("invalid", "Invalid"), ("valid", "Valid")])
    description = fields.Char()

    _partner_type_unique = models.UniqueIndex(
        "(partner_id, id_type)", "A registrant can hold only one ID of each type."
    )
    _type_value_unique = models.UniqueIndex(
        "(id_type, value) WHERE value IS NOT NULL",
        "An ID of this type with this value already belongs to a registrant.",
    )

    # To go through all IDs of a type, part by part.
    _of_type = models.Index("(id_type, id)")

    @api.constrains("id_type", "value")
    def _check_value_format(self):
        for reg_id in self.filtered("value"):
            if not reg_id.id_type._accepts(reg_id.value):
                # The value is personal data: it stays out of the message.
                raise ValidationError(
                    self.env._(
                        "The value does not have the format of the ID type %(id_type)s.",
                        id_type=reg_id.id_type.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        # Before it is said that a value is taken: that tells who is in the registry.
        self.check_access("create")
        vals_list = [self._clean_value(vals) for vals in vals_list]
        rows = [{key: vals.get(key) for key in KEY_FIELDS} for vals in vals_list]
        self._refuse_gone(rows)
        self._refuse_taken(rows)
        return super().create(vals_list)

    def write(self, vals):
        vals = self._clean_value(vals)
        if not vals.keys().isdisjoint(KEY_FIELDS):
            rows = [dict(row, **vals) for row in self._key_values()]
            self._refuse_gone(rows)
            self._refuse_taken(rows)
        return super().write(vals)

    @api.model
    def _clean_value(self, vals):
        """Return ``vals`` with its value stripped, or emptied if nothing is left.

        :raises ValidationError: the value is too long; the column would cut it silently.
        """
        if "value" not in vals:
            return vals
        value = (vals["value"] or "").strip()
        if len(value) > MAX_VALUE_LENGTH:
            raise ValidationError(
                self.env._("An ID value has at most %(max)s characters.", max=MAX_VALUE_LENGTH)
            )
        return dict(vals, value=value or False)

    @api.model
    def _holders_of_gone(self, rows):
        """Whose IDs these were, as far as they were deleted for good. A hook.

        An addon that deletes IDs for good says here which ones. They are neither created nor
        written again, by hand, by RPC or by an import; but whoever held one is still recognised
        by it, or the same person would come in a second time.

        :param rows: dicts with ``id_type`` (id) and ``value``
        :returns: index in ``rows`` → id of the partner who held it, or None if that is not known;
            only of IDs that are gone
        """
        return {}

    @api.model
    def _are_some_gone(self):
        """Whether any ID was deleted for good: if not, nobody need ask which ones. A hook."""
        return False

    @api.model
    def _tokens_of_gone(self, rows):
        """What to keep where the text of IDs is kept that were deleted for good. A hook.

        A token says nothing of the ID, and is itself gone to :meth:`_holders_of_gone`: whoever
        held the ID is recognised by it, and it is never an ID.

        :param rows: dicts with ``id_type`` (id) and ``value``
        :returns: index in ``rows`` → token; only of IDs that are gone
        """
        return {}

    @api.model
    def _gone_types(self, partner_ids):
        """Of which types registrants held IDs that were deleted for good. A hook, see there.

        :returns: partner id → set of ID type ids, for those who held one
        """
        return {}

    @api.model
    def _find_gone(self, rows):
        """The indices of those rows that must not come back, see :meth:`_holders_of_gone`."""
        return set(self._holders_of_gone(rows))

    def _refuse_gone(self, rows):
        """Refuse IDs that were deleted for good; the value stays out of the message."""
        if self._find_gone(rows):
            raise ValidationError(
                self.env._(
                    "An ID of this type with this value was deleted for good, to protect the "
                    "person. It cannot be entered again."
                )
            )

    def _refuse_taken(self, rows):
        """Refuse what the unique indexes would refuse, before the database does.

        The indexes settle races. But the database's own complaint carries the ID value, and
        the server log with it: the everyday mistake must not get that far.

        :param rows: what ``self``, or new records, will hold, as dicts of ``KEY_FIELDS``
        """
        rows = rows + self._others_like(rows)._key_values()
        if self._repeats(rows, "partner_id", "id_type"):
            raise ValidationError(self.env._("A registrant can hold only one ID of each type."))
        if self._repeats(rows, "id_type", "value"):
            raise ValidationError(
                self.env._("An ID of this type with this value already belongs to a registrant.")
            )

    def _others_like(self, rows):
        """Return the stored IDs outside ``self`` that share a type and a holder or a value."""
        partners, types, values = ([row[key] for row in rows if row[key]] for key in KEY_FIELDS)
        alike = Domain("partner_id", "in", partners) | Domain("value", "in", values)
        domain = alike & Domain("id_type", "in", types) & Domain("id", "not in", self.ids)
        # A value is taken even if it belongs to a company the user does not see.
        return self.sudo().search_fetch(domain, KEY_FIELDS)

    def _key_values(self):
        return [
            {"partner_id": row.partner_id.id, "id_type": row.id_type.id, "value": row.value}
            for row in self
        ]

    @api.model
    def _repeats(self, rows, *names):
        keys = [key for row in rows if all(key := tuple(row[name] for name in names))]
        return len(keys) > len(set(keys))
