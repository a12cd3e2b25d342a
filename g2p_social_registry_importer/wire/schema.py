"""The fields of a registry's types, and what became different in them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from .query import ROOT_FIELD

#: Type → field → type text, e.g. ``{"RegIds": {"value": "String!"}}``.
Schema = dict[str, dict[str, str]]


def part_in_use(schema: Schema, paths: Iterable[str]) -> Schema:
    """The types a query touches, with all their fields; of the root type only the root field.

    :param paths: dotted names the query asks for, see :meth:`query.RegistryQuery.root_paths`
    """
    return {name: _comparable(schema, name) for name in fields_in_use(schema, paths)}


def fields_in_use(schema: Schema, paths: Iterable[str]) -> dict[str, set[str]]:
    """Type → names the query asks of it, whether the type has such fields or not."""
    found = defaultdict(set)
    root = next((name for name, fields in schema.items() if ROOT_FIELD in fields), "")
    for path in ("", *paths):
        name = root
        for step in filter(None, (ROOT_FIELD, *path.split("."))):
            if name in schema:
                found[name].add(step)
                name = schema[name].get(step, "").strip("[]!")
    return dict(found)


@dataclass(frozen=True)
class Drift:
    """What became different in the types a query touches; false if nothing did.

    :param added: ``Type.field (type)``
    :param lost: ``Type.field``
    :param missed: of the lost ones those the query asks for: the registry will refuse it
    :param retyped: ``Type.field (old type → new type)``
    """

    added: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()
    retyped: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.lost or self.retyped)


def drift(before: Schema, after: Schema, paths: Iterable[str]) -> Drift:
    """Compare what :func:`part_in_use` gave before with the schema as it is now.

    Types that only a changed query touches are not compared: nobody knows what they were.
    """
    paths = tuple(paths)
    used = {f"{n}.{f}" for n, names in fields_in_use(before, paths).items() for f in names}
    types = sorted(fields_in_use(before, paths).keys() | fields_in_use(after, paths).keys())
    known = [name for name in types if name in before]
    old, new = _places(before, known), _places(after, known)
    lost = tuple(place for place in old if place not in new)
    return Drift(
        added=tuple(f"{place} ({kind})" for place, kind in new.items() if place not in old),
        lost=lost,
        missed=tuple(place for place in lost if place in used),
        retyped=tuple(
            f"{place} ({kind} → {new[place]})"
            for place, kind in old.items()
            if new.get(place, kind) != kind
        ),
    )


def _places(schema: Schema, types: Iterable[str]) -> dict[str, str]:
    found = ((name, _comparable(schema, name)) for name in types)
    return {f"{name}.{field}": kind for name, fields in found for field, kind in fields.items()}


def _comparable(schema: Schema, name: str) -> dict[str, str]:
    """A root type has fields for other purposes as well; only one of them matters here."""
    fields = schema.get(name, {})
    return {ROOT_FIELD: fields[ROOT_FIELD]} if ROOT_FIELD in fields else fields
