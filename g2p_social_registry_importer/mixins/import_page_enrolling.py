from odoo import fields, models

from ..flow.context import ImportContext
from ..flow.enrolment import Enrolment
from ..meaning.problems import Code


class SocialRegistryImportPageEnrolling(models.AbstractModel):
    """Enrolling people who are in, once the programme takes them."""

    _name = "g2p.social.registry.import.page.enrolling"
    _description = "Enrolling of an Import Page"

    is_to_enrol = fields.Boolean(
        readonly=True,
        copy=False,
        help="The programme refused whom the page brought in, and is to be asked again.",
    )

    def _enrolment_refusals(self):
        """The issues that say why nobody of these pages was enrolled."""
        refused = Code.ENROLMENT_REFUSED.value
        return self.issue_ids.filtered(lambda issue: issue.code == refused)

    def _enrol_again(self):
        """Enrol whom the page has brought in; needs nothing of what is staged."""
        problems = Enrolment(ImportContext(self)).enrol_again()
        # sudo: pages and issues are written by the import alone.
        page = self.sudo()
        page._enrolment_refusals().unlink()
        page.write({"state": "imported", "is_to_enrol": False})
        issues = page.issue_ids
        issues.create([issues._prepare_vals(page, problem) for problem in problems])
