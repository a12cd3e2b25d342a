from odoo import api, fields

DATABASE = "database"
PLACES = [
    (DATABASE, "Kept here"),
    ("environment", "Environment variable"),
    ("configuration", "Configuration file"),
]


def secret(name, label, kind=fields.Char, words=None):
    """Return the four fields of a secret: ``name``, and with ``_value``, ``_place``, ``_key``.

    :param label: of the field that people write to
    :param kind: ``fields.Text`` for what has several lines, such as a key
    :param words: the help of that field
    """

    @api.depends(f"{name}_value")
    def compute(records):
        records._show_secret(name)

    def inverse(records):
        records._keep_secret(name)

    help_text = " ".join(filter(None, (words, "Can be written, never read.")))
    return (
        kind(label, compute=compute, inverse=inverse, help=help_text),
        kind(f"{label} (stored)", groups=fields.NO_ACCESS, copy=False),
        fields.Selection(PLACES, f"{label}: Where", default=DATABASE, required=True),
        fields.Char(
            f"{label}: Name",
            help="An environment variable of the server that begins with G2P_, or a key of its "
            "configuration file that begins with g2p_.",
        ),
    )
