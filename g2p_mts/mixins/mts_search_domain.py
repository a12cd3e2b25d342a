import logging
from difflib import get_close_matches

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL, mute_logger

from ..checks.json_text import JsonTextError, parse_list, to_json, to_python


class G2PMTSSearchDomainMixin(models.AbstractModel):
    """Registrants chosen by a search domain that is kept as JSON.

    Finds out when it is saved what could not be searched at run time.
    """

    _name = "g2p.mts.search.domain.mixin"
    _description = "Registrants Chosen by a Search Domain"

    g2p_search_domain = fields.Text(
        string="Registrants as JSON",
        help="JSON: the search domain that chooses the registrants.",
    )
    g2p_search_domain_editor = fields.Char(
        string="Registrants",
        compute="_compute_g2p_search_domain_editor",
        inverse="_inverse_g2p_search_domain_editor",
    )

    # Odoo's domain editor reads and writes Python literals; what is stored is JSON.
    @api.depends("g2p_search_domain")
    def _compute_g2p_search_domain_editor(self):
        for connector in self:
            try:
                connector.g2p_search_domain_editor = to_python(connector.g2p_search_domain or "[]")
            except JsonTextError:
                connector.g2p_search_domain_editor = False

    def _inverse_g2p_search_domain_editor(self):
        for connector in self:
            connector._onchange_g2p_search_domain_editor()

    @api.onchange("g2p_search_domain_editor")
    def _onchange_g2p_search_domain_editor(self):
        try:
            self.g2p_search_domain = to_json(self.g2p_search_domain_editor or "[]")
        except JsonTextError as error:
            raise ValidationError(
                self.env._("The filter may only hold fixed values, no expressions.")
            ) from error

    @api.constrains("g2p_search_domain")
    def _check_g2p_search_domain(self):
        for connector in self.filtered("g2p_search_domain"):
            conditions = connector._parse_list_field("g2p_search_domain")
            try:
                domain = Domain(conditions)
            # Domain() raises whatever the odd part of the list happens to cause.
            except (ValueError, TypeError, AttributeError) as error:
                raise ValidationError(
                    self.env._("The search domain is not a list of conditions.")
                ) from error
            for condition in domain.iter_conditions():
                connector._check_condition(condition)

    def _check_condition(self, condition):
        """Raise a ValidationError unless the user can search registrants by ``condition``."""
        name = condition.field_expr
        try:
            self._explain(condition)
        except AccessError as error:
            raise ValidationError(
                self.env._("You may not read “%s”, so you may not search by it.", name)
            ) from error
        # The texts of these errors hold the value searched for, which may be somebody's name.
        except (ValueError, TypeError, NotImplementedError, psycopg2.Error):
            raise ValidationError(self._condition_problem_text(condition)) from None

    def _explain(self, condition):
        partners = self._partners_of_user()
        condition.validate(partners)
        query = partners._search(condition)
        # The database knows best whether a value fits a column; it plans, but does not search.
        with self.env.cr.savepoint(flush=False), mute_logger("odoo.sql_db"):
            self.env.execute_query(SQL("EXPLAIN %s", query.select()))

    def _condition_problem_text(self, condition):
        head = condition.field_expr.split(".")[0]
        if head not in self._partners_of_user()._fields:
            return self._unknown_field_text(head)
        return self.env._(
            "Registrants cannot be searched by “%(field)s”, “%(operator)s” and this value.",
            field=condition.field_expr,
            operator=condition.operator,
        )

    def _parse_list_field(self, name):
        """Return the list in the JSON text of field ``name``; empty if there is no text."""
        self.ensure_one()
        try:
            return parse_list(self[name] or "[]")
        except JsonTextError as error:
            label = self._fields[name]._description_string(self.env)
            problem = ValidationError(self._json_problem_text(label, error))
            # Odoo logs what users are told, and this may repeat a condition with somebody's name.
            problem.loglevel = logging.DEBUG
            raise problem from error

    def _json_problem_text(self, label, error):
        """Return in words what is wrong, for the field's label and a ``JsonTextError``."""
        if error.reason == "not_list":
            return self.env._("“%s” must be a JSON list: […].", label)
        if error.reason == "python":
            return self.env._(
                "“%(field)s” is written as Python. In JSON it is true, false and null instead of "
                "True, False and None, and only double quotes:\n%(fix)s",
                field=label,
                fix=error.detail,
            )
        return self.env._("“%(field)s” is not JSON: %(where)s.", field=label, where=error.detail)

    def _partners_of_user(self):
        # Constraints run as superuser; what counts is what the user who saves may read.
        return self.env["res.partner"].sudo(False)

    def _unknown_field_text(self, name):
        partners = self._partners_of_user()
        readable = [
            other
            for other, field in partners._fields.items()
            if partners._has_field_access(field, "read")
        ]
        nearest = get_close_matches(name, readable, n=1)
        if nearest:
            return self.env._(
                "Registrants have no field “%(name)s”. Did you mean “%(nearest)s”?",
                name=name,
                nearest=nearest[0],
            )
        return self.env._("Registrants have no field “%s”.", name)
