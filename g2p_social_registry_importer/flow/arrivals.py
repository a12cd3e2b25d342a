"""Rows as they come from the registry, before they are compared or kept."""

from collections.abc import Iterator, Sequence
from typing import Any

from .catalogue import Catalogue


class Arrivals:
    """Puts tokens in place of IDs that were deleted here for good, see ``g2p.reg.id``.

    So they are not even kept with the staged records. It has to be done before rows are compared
    with those of earlier pages: these hold tokens already.
    """

    def __init__(self, env):
        self._ids = env["g2p.reg.id"]
        self._catalogue = Catalogue(env)

    def __call__(self, records: Sequence[Any]) -> None:
        """Change the records where there are such IDs: a fixed number of statements.

        One statement, and no look at the records, where no ID was ever deleted for good.
        """
        if not self._ids._are_some_gone():
            return
        listed = [row for record in records for row in _id_rows(record)]
        found = self._ids._tokens_of_gone([self._key(row) for row in listed])
        for index, token in found.items():
            listed[index]["value"] = token

    def _key(self, row: dict[str, Any]) -> dict[str, Any]:
        name, value = row.get("idTypeAsStr"), row.get("value")
        return {
            "id_type": self._catalogue.id_type(name) if isinstance(name, str) else None,
            "value": str(value).strip() if isinstance(value, str | int) else "",
        }


def _id_rows(record: Any) -> Iterator[dict[str, Any]]:
    """The IDs in a record, those of the members of a household included."""
    if not isinstance(record, dict):
        return
    yield from _dicts(record.get("regIds"))
    for place in _dicts(record.get("groupMembershipIds")):
        yield from _id_rows(place.get("individual"))


def _dicts(rows: Any) -> Iterator[dict[str, Any]]:
    return (row for row in (rows if isinstance(rows, list) else ()) if isinstance(row, dict))
