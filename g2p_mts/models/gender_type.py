from odoo import api, fields, models, tools


class GenderType(models.Model):
    """What a gender of this registry is called at an MTS."""

    _inherit = "gender.type"

    mts_code = fields.Selection(
        [("male", "male"), ("female", "female"), ("others", "others")],
        "MTS Code",
        help="Empty: taken from the value or the label if it is one of these words.",
    )

    @api.model
    @tools.ormcache()
    def _mts_codes(self):
        """The genders an MTS can be told: stored value → ``male``, ``female`` or ``others``.

        Not to be changed: it is kept until a gender is.
        """
        # sudo: the list of genders is no secret.
        genders = self.sudo().with_context(active_test=False).search_fetch([])
        codes = {gender.value: gender._mts_code() for gender in genders}
        return {value: code for value, code in codes.items() if code}

    def _mts_code(self):
        words = {"other": "others"} | {word: word for word in ("male", "female", "others")}
        guesses = (words.get((text or "").strip().lower()) for text in (self.value, self.code))
        return self.mts_code or next(filter(None, guesses), None)
