"""ID types and member kinds by their names, read once for a page."""

from collections.abc import Iterable
from functools import cached_property

from ..meaning.records import Registrant

_ID_TYPE = "g2p.id.type"
_MEMBER_KIND = "g2p.group.membership.kind"


class Catalogue:
    """Names of the source → records here, whatever the capitals.

    :param create_id_types: an unknown ID type is created instead of reported
    :param create_kinds: likewise an unknown membership kind
    """

    def __init__(self, env, *, create_id_types: bool = False, create_kinds: bool = False):
        self._env = env
        self._create_id_types = create_id_types
        self._create_kinds = create_kinds

    @cached_property
    def _id_types(self) -> dict[str, int]:
        return {t.name.strip().casefold(): t.id for t in self._env[_ID_TYPE].search([])}

    def kind(self, name: str) -> int | None:
        """The id of a membership kind; None when there is no such kind."""
        found = self._kind_records.get(name.strip().casefold())
        return found and found.id

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

    def learn(self, registrants: Iterable[Registrant]) -> None:
        """Create the ID types and kinds these registrants need, as far as the import allows it."""
        registrants = list(registrants)
        if self._create_id_types:
            lacking = (r for r in registrants if any(n not in self._id_types for n, _v in r.keys))
            names = (i.id_type for r in lacking for i in r.identifiers or ())
            for id_type in self._create(_ID_TYPE, _unknown(names, self._id_types)):
                self._id_types[id_type.name.strip().casefold()] = id_type.id
        if self._create_kinds:
            names = (k for r in registrants for m in r.members or () for k in m.kinds or ())
            for kind in self._create(_MEMBER_KIND, _unknown(names, self._kind_records)):
                self._kind_records[kind.name.strip().casefold()] = kind

    def _create(self, model: str, names: list[str]):
        # sudo: a manager allowed this import to create them; the operator who runs it has no
        # right of his own on such lists.
        return self._env[model].sudo().create([{"name": name} for name in names])


def _unknown(names: Iterable[str], known: dict) -> list[str]:
    """Those not known yet, each in one spelling, in a fixed order."""
    spellings = {name.strip().casefold(): name.strip() for name in sorted(names, reverse=True)}
    return [spellings[key] for key in sorted(spellings) if key not in known]
