from odoo import api, models
from odoo.exceptions import ValidationError

from ..checks.http_url import is_http_url
from ..checks.jq_program import find_jq_problem
from ..checks.mapping import find_problems

URL_FIELDS = ("mts_url", "odk_base_url", "odk_odata_url", "callback_url", "callback_auth_url")


class MTSConnector(models.Model):
    """Finds out when it is saved what MTS would refuse at run time."""

    _inherit = "mts.connector"

    @api.constrains("name")
    def _check_name(self):
        if not all(connector.name.strip() for connector in self):
            raise ValidationError(self.env._("The name must not be blank."))

    @api.constrains(*URL_FIELDS)
    def _check_urls(self):
        for connector in self:
            for name in URL_FIELDS:
                if connector[name] and not is_http_url(connector[name]):
                    raise ValidationError(self._url_problem_text(name))

    def _url_problem_text(self, field_name):
        return self.env._(
            "“%(field)s” must be an absolute URL with a host, without blanks, user name or "
            "password, for instance https://mts.example.test/.",
            field=self._fields[field_name]._description_string(self.env),
        )

    @api.constrains("mapping")
    def _check_mapping(self):
        for connector in self:
            problems = find_problems(connector.mapping)
            if problems:
                lines = [self._mapping_problem_text(problem) for problem in problems]
                raise ValidationError("\n".join([self.env._("The mapping is not right:"), *lines]))

    def _mapping_problem_text(self, problem):
        """Return in words what is wrong, for a ``checks.mapping.Problem``."""
        key, detail = problem.key, problem.detail
        texts = {
            "not_json": self.env._("It is not JSON: %s.", detail),
            "not_object": self.env._("It must be a JSON object: {…}."),
            "repeated_key": self.env._("“%s” stands in it twice.", key),
            "not_text": self.env._('“%(key)s” must be one text, such as "%(key)s".', key=key),
            "not_texts": self.env._(
                '“%(key)s” must be a list of texts, such as ["%(key)s"].', key=key
            ),
            "unknown_key": self.env._("MTS does not know “%s”.", key),
        }
        if problem.code == "unknown_key" and detail:
            return self.env._(
                "MTS does not know “%(key)s”. Did you mean “%(nearest)s”?", key=key, nearest=detail
            )
        return texts[problem.code]

    @api.constrains("output_format")
    def _check_output_format(self):
        for connector in self:
            problem = connector.output_format and find_jq_problem(connector.output_format)
            if problem:
                raise ValidationError(
                    self.env._("The output format is not a jq program: %s.", problem)
                )
