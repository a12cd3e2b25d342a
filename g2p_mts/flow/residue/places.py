"""Every place that a sweep looks through, in this order. One that is not installed is skipped."""

from .attachments import attachments
from .columns import Columns
from .link_digests import link_digests
from .phones import phones
from .reg_ids import other_ids
from .rest import Rest
from .settings import settings
from .staged_pages import staged_pages
from .sweep import Sweep
from .uploads import uploads

_IMPORT = "g2p.social.registry.import"
_OUTCOME = ("result", "exc_name", "exc_message", "exc_info")

#: Texts people wrote, and what Odoo made of them.
_CORRESPONDENCE = (
    Columns("message", "mail.message", ("subject", "body", "incoming_email_to", "email_from")),
    Columns(
        "tracking",
        "mail.tracking.value",
        ("old_value_char", "new_value_char", "old_value_text", "new_value_text"),
    ),
    Columns("mail", "mail.mail", ("body_html", "headers", "email_to", "failure_reason")),
    Columns("scheduled_message", "mail.scheduled.message", ("subject", "body", "send_context")),
    Columns("activity", "mail.activity", ("summary", "note", "res_name")),
    Columns("notification", "bus.bus", ("message",), ("message",)),
)

#: What runs in the background, and what it says of itself.
_BACKGROUND = (
    Columns(
        "job",
        "queue.job",
        ("name", "func_string", "records", "args", "kwargs", *_OUTCOME),
    ),
    Columns("log", "ir.logging", ("message", "func", "path")),
)

#: What an import keeps of the records it read; ``staged_pages`` sees to the records themselves.
_IMPORTS = (
    Columns("staged_page", f"{_IMPORT}.page", ("refusals", "error")),
    Columns("import_run", f"{_IMPORT}.run"),
    Columns("import_issue", f"{_IMPORT}.issue"),
    Columns("import_decision", f"{_IMPORT}.decision"),
    Columns("before_image", f"{_IMPORT}.before.image"),
    Columns("settings_change", "g2p.social.registry.config.change"),
)

#: What is kept of the exchange with an MTS.
_EXCHANGE = (
    Columns("mts_request", "g2p.mts.request"),
    Columns("mts_line", "g2p.mts.request.line"),
    Columns("mts_answer", "g2p.mts.answer", documents=("payload",)),
    # A filter that asked for the VID finds nobody any more; the connector has to be approved anew.
    Columns("mts_connector", "mts.connector", documents=("g2p_search_domain", "mapping")),
)

#: Where a VID may have been typed into the registry itself.
_REGISTRY = (
    Columns("id_description", "g2p.reg.id", ("description",)),
    # Whatever texts other addons give a partner: one pass over the table for all of them.
    Columns("registrant", "res.partner"),
)

_COLUMNS = (*_REGISTRY, *_CORRESPONDENCE, *_BACKGROUND, *_IMPORTS, *_EXCHANGE)


def short_ones(sweep: Sweep) -> dict[str, int]:
    """VIDs that are looked for among IDs alone: in a text they may mean anything."""
    return {"left_short": sum(vid not in sweep.words for vid in sweep.vids)}


PLACES = (
    short_ones,
    other_ids,
    phones,
    staged_pages,
    *_COLUMNS,
    attachments,
    uploads,
    settings,
    Rest(frozenset({"g2p.phone.number", *(place.model for place in _COLUMNS)})),
    link_digests,
)
