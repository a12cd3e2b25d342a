"""ID types and member kinds by their names, read once for a page."""

from functools import cached_property

from ..meaning.records import Identifier

_ID_TYPE = "g2p.id.type"
_MEMBER_KIND = "g2p.group.membership.kind"


class Catalogue:
    """Names of the source → records here, whatever the capitals.

    :param create_id_types: an unknown ID type is created instead of reported
    """

    def __init__(self, env, *, create_id_types: bool = False):
        self._env = env
        self._create_id_types = create_id_types

    @cached_property
    def _id_types(self) -> dict[str, int]:
        return {t.name.strip().casefold(): t.id for t in self._env[_ID_TYPE].search([])}

    @cached_property
    def kinds(self) -> dict[str, int]:
        """Member kinds: name without case → id."""
        return {name: kind.id for name, kind in self._kind_records.items()}

    @cached_property
    def unique_kinds(self) -> frozenset[int]:
        """Ids of the kinds that only one current member of a household may have."""
        return frozenset(kind.id for kind in self._kind_records.values() if kind.is_unique)

    @cached_property
    def _kind_records(self) -> dict:
        return {k.name.strip().casefold(): k for k in self._env[_MEMBER_KIND].search([])}

    def id_type(self, name: str) -> int | None:
        """The id of an ID type; None when there is no such type."""
        return self._id_types.get(name.strip().casefold())

    def learn(self, identifiers: list[Identifier]) -> None:
        """Create the ID types these identifiers need, if the import allows it."""
        unknown = {i.id_type.strip() for i in identifiers if self.id_type(i.id_type) is None}
        if not (unknown and self._create_id_types):
            return
        spellings = {name.casefold(): name for name in sorted(unknown)}
        # sudo: a manager allowed this import to create types; the operator who runs it has no
        # right of his own on them.
        rows = [{"name": name} for name in spellings.values()]
        for id_type in self._env[_ID_TYPE].sudo().create(rows):
            self._id_types[id_type.name.strip().casefold()] = id_type.id
