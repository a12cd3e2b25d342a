"""Files: their names, what was indexed of them, and what they hold."""

import logging
from collections.abc import Iterator, Mapping

from odoo.tools import SQL

from .columns import Columns
from .sweep import Sweep

_logger = logging.getLogger(__name__)

_TEXTS = Columns("attachment", "ir.attachment", ("name", "description", "index_content"))
#: Texts that Odoo does not index, such as the answers of an MTS.
_UNINDEXED = ["application/json", "application/csv", "application/xml", "application/x-ndjson"]
#: Bytes. No answer of an MTS is larger.
_LARGEST = 20_000_000


def attachments(sweep: Sweep) -> Mapping[str, int]:
    """Mask VIDs in texts, CSV and JSON; other files that hold one are counted, and left.

    What Odoo indexed of a text says whether to open the file; files it does not index are opened
    if they are JSON, CSV or XML. A PDF or a spreadsheet cannot be masked, and may be the only
    proof of something: a person has to look at it, so the log says which one it is.
    """
    if not sweep.words:
        return {}
    rewritten = _rewritten(sweep)
    left = set(_unmaskable(sweep))
    for attachment_id in left:
        _logger.warning("Attachment %s holds a deleted VID and cannot be masked.", attachment_id)
    masked = {*_TEXTS.mask(sweep), *rewritten} - left
    return {"attachment": len(masked), "left_attachment": len(left)}


def _rewritten(sweep: Sweep) -> list[int]:
    """Ids of the files that have been masked. Each is written by itself; there are few."""
    files = sweep.env["ir.attachment"].browse([*_suspects(sweep), *_unindexed(sweep)])
    done = []
    for file in files:
        content = _as_text(file)
        masked = sweep.words.masked_document(content) if content else content
        if masked != content:
            file.write({"raw": masked.encode()})
            done.append(file.id)
    sweep.env.flush_all()
    return done


def _suspects(sweep: Sweep) -> list[int]:
    return [row[0] for row in _TEXTS.found(sweep)]


def _unindexed(sweep: Sweep) -> list[int]:
    """Files of which nothing is known but what they are; those of the web client are no data."""
    query = """SELECT id FROM ir_attachment
                WHERE mimetype = ANY(%s) AND type = 'binary' AND file_size < %s
                  AND url IS NULL AND res_model IS DISTINCT FROM 'ir.ui.view'"""
    return [row[0] for row in sweep.rows(SQL(query, _UNINDEXED, _LARGEST))]


def _unmaskable(sweep: Sweep) -> Iterator[int]:
    """Ids of files whose index holds a VID, but which are no texts."""
    for file in sweep.env["ir.attachment"].browse(_suspects(sweep)):
        index = file.index_content or ""
        if index != sweep.words.masked(index) and _as_text(file) is None:
            yield file.id


def _as_text(file) -> str | None:
    """What is in a file; None unless it is a text."""
    raw = file.raw or b""
    if b"\0" in raw:
        return None
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1") if (file.mimetype or "").startswith("text/") else None
