from odoo import api, models
from odoo.exceptions import ValidationError

from odoo.addons.mts_connector.checks.http_url import is_http_url
from odoo.addons.mts_connector.checks.jq_program import find_jq_problem
from odoo.addons.mts_connector.checks.jq_run import run_jq

from ..meaning.own_format import Problem, find_problem, samples


class MTSConnector(models.Model):
    """Finds out when it is saved what would leave answers that nobody could be given."""

    _inherit = "mts.connector"

    @api.constrains(
        "output_format",
        "input_type",
        "g2p_selected_fields",
        "delivery_type",
        "callback_url",
        "callback_authtype",
    )
    def _check_own_format(self):
        for connector in self.filtered(lambda connector: connector.input_type == "custom"):
            program = (connector.output_format or "").strip()
            # What is no jq program at all has a check of its own.
            if program and not find_jq_problem(program):
                connector._check_answers_of(program)

    @api.constrains("g2p_answer_base_url")
    def _check_answer_base_url(self):
        for connector in self.filtered("g2p_answer_base_url"):
            if not is_http_url(connector.g2p_answer_base_url):
                raise ValidationError(self._url_problem_text("g2p_answer_base_url"))

    def _check_answers_of(self, program):
        names = self._names_or_none() or []
        is_brought = self.delivery_type == "callback"
        problem = find_problem(
            run_jq(program, samples(names)),
            by_login=is_brought and self.callback_authtype == "odoo",
            is_ours=not (is_brought and self.callback_url),
        )
        if problem:
            raise ValidationError(self._own_format_words(problem))

    def _own_format_words(self, problem):
        """Return in words what is wrong, for a ``meaning.own_format.Problem``."""
        form = self._usual_format()
        return {
            Problem.FAILS: self.env._(
                "The output format gives nothing for a sample result, fails, or takes too long. "
                "Left empty, it is right: %s",
                form,
            ),
            Problem.NO_NONCE: self.env._(
                "The output format does not bring the nonce back (.input.nonce), so that no answer "
                "could be given to the person it is for. Left empty, it is right: %s",
                form,
            ),
            Problem.NO_ANSWER: self.env._(
                "The output format brings the nonce back, but not status, token and error code "
                "where they are looked for. Left empty, it is right: %s",
                form,
            ),
        }[problem]
