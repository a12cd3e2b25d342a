"""Phone numbers: of whoever held a VID, or of somebody else whose number happens to be the same."""

from collections.abc import Mapping

from .columns import Columns
from .sweep import Sweep

_PHONES = Columns("phone", "g2p.phone.number", ("phone_no", "phone_sanitized"))


def phones(sweep: Sweep) -> Mapping[str, int]:
    """Mask what stands among the numbers of those who held the VIDs.

    A short VID may be the phone number of somebody else, which is not ours to delete: it is
    counted.
    """
    rows = _PHONES.masked(sweep)
    numbers = sweep.env[_PHONES.model].browse([row[0] for row in rows])
    own = set(numbers.filtered_domain([("partner_id", "in", sweep.partner_ids)])._ids)
    _PHONES.write(sweep, [row for row in rows if row[0] in own])
    return {_PHONES.key: len(own), "left_phone_of_another": len(rows) - len(own)}
