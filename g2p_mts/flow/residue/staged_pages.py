"""Pages that an import has staged: records as a registry sent them, waiting or kept for retries."""

import json
from collections.abc import Mapping
from typing import Any

from ...meaning.vid_hash import normalised
from .columns import Columns
from .sweep import Sweep

_PAYLOADS = Columns("staged_page", "g2p.social.registry.import.page", ("payload",), ("payload",))
#: One record on each line, as the importer stages them.
_SEPARATOR = ",\n"
_encode = json.JSONEncoder(separators=(",", ":")).encode


def staged_pages(sweep: Sweep) -> Mapping[str, int]:
    """Put tokens in place of the VIDs in lists of IDs, and masks anywhere else.

    A page may still be imported, or imported again. By a token (``gone:…``) the import knows the
    person as it would by the VID, and leaves the ID out as it would the VID: see
    ``g2p.mts.vid.gone``. A mask it takes for the text that it is, in a name as well.
    """
    rows = _PAYLOADS.found(sweep)
    tokens = _tokens(sweep) if rows else {}
    masked = [(page, _masked(sweep, payload, tokens)) for page, payload in rows]
    changed = [new for new, old in zip(masked, rows, strict=True) if new != old]
    _PAYLOADS.write(sweep, changed)
    return {_PAYLOADS.key: len(changed)}


def _tokens(sweep: Sweep) -> Mapping[str, str]:
    """VID, without what people add to it → token.

    A VID may be of any type of which some were deleted: of one or two.
    """
    gone = sweep.env["g2p.mts.vid.gone"]
    pairs = [(id_type, vid) for id_type in gone._types() for vid in sweep.vids]
    found = gone._tokens([{"id_type": id_type, "value": vid} for id_type, vid in pairs])
    return {normalised(pairs[index][1]): token for index, token in found.items()}


def _masked(sweep: Sweep, payload: str, tokens: Mapping[str, str]) -> str:
    """The payload; records that hold no VID stay as they are to the letter: they are compared."""
    lines = payload[1:-1].split(_SEPARATOR)
    return f"[{_SEPARATOR.join(_masked_line(sweep, line, tokens) for line in lines)}]"


def _masked_line(sweep: Sweep, line: str, tokens: Mapping[str, str]) -> str:
    record = json.loads(line or "null")
    masked = sweep.words.masked_json(_with_tokens(record, tokens))
    return line if masked == record else _encode(masked)


def _with_tokens(value: Any, tokens: Mapping[str, str]) -> Any:
    """The record with tokens in lists of IDs, those of members of a household included."""
    match value:
        case list():
            return [_with_tokens(item, tokens) for item in value]
        case {"idTypeAsStr": _, "value": str() | int() as vid}:
            key = normalised(str(vid))
            return {**value, "value": tokens[key]} if key in tokens else value
        case dict():
            return {key: _with_tokens(item, tokens) for key, item in value.items()}
    return value
