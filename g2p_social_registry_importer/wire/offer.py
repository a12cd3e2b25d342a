"""What can be picked for a query: fields and filters, from a registry's schema."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    get_nullable_type,
    is_leaf_type,
    is_list_type,
    is_required_argument,
)

from .query import PAGING_ARGUMENTS, ROOT_FIELD

#: Where everything leads to everything there is no end; nobody picks further down than this.
_DEEPEST = 5
_MOST_FIELDS = 400
_TRUE_AND_FALSE = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


class ValueUnfit(ValueError):
    """What was typed is no value for this filter; the text says what would be."""


@dataclass(frozen=True)
class Filter:
    """An argument of the root field that takes one plain value.

    :param type: its type in GraphQL, e.g. ``String``
    :param choices: the values of a list of choices; empty when there is none
    """

    name: str
    type: str
    choices: tuple[str, ...] = ()

    def value(self, text: str) -> Any:
        """What was typed, as the registry takes it.

        :raises ValueUnfit: it does not fit the type
        """
        text = text.strip()
        try:
            return _READERS.get(self.type, str)(text) if not self.choices else self._choice(text)
        except (KeyError, ValueError) as error:
            raise ValueUnfit(_EXPECTED.get(self.type, ", ".join(self.choices))) from error

    def _choice(self, text: str) -> str:
        return {choice.casefold(): choice for choice in self.choices}[text.casefold()]


_READERS = {
    "Int": int,
    "Float": float,
    "Boolean": lambda text: _TRUE_AND_FALSE[text.casefold()],
}
_EXPECTED = {"Int": "a whole number", "Float": "a number", "Boolean": "true or false"}


class Offer:
    """The fields and filters of one schema.

    ``fields`` are dotted names below the root field, in the order of the schema, 400 at most;
    ``filters`` are by name.
    """

    def __init__(self, schema: GraphQLSchema):
        self._root = _root_field(schema)
        self.fields = tuple(islice(_leaves(self._root), _MOST_FIELDS)) if self._root else ()
        self.filters = {one.name: one for one in self._filters()}

    def argument_type(self, name: str) -> GraphQLInputType:
        """The type of a filter in the schema."""
        return self._root.args[name].type

    def _filters(self) -> Iterator[Filter]:
        for name, argument in self._root.args.items() if self._root else ():
            kind = get_nullable_type(argument.type)
            ours = name in PAGING_ARGUMENTS or name == "isGroup"
            if not ours and not is_list_type(kind) and not _is_structure(argument):
                choices = tuple(kind.values) if isinstance(kind, GraphQLEnumType) else ()
                yield Filter(name, kind.name, choices)


def _root_field(schema: GraphQLSchema) -> GraphQLField | None:
    return schema.query_type.fields.get(ROOT_FIELD) if schema.query_type else None


def _is_structure(argument: GraphQLArgument) -> bool:
    return isinstance(get_named_type(argument.type), GraphQLInputObjectType)


def _leaves(field: GraphQLField, prefix: str = "", above: tuple[str, ...] = ()) -> Iterator[str]:
    """Dotted names of the fields with values below a field, plain ones first.

    A type is not looked into again below itself: relatives of relatives have no end.
    """
    kind = get_named_type(field.type)
    if not isinstance(kind, (GraphQLObjectType, GraphQLInterfaceType)):
        return
    if kind.name in above or len(above) == _DEEPEST:
        return
    free = {n: f for n, f in kind.fields.items() if not any(map(_needs_value, f.args.values()))}
    yield from (prefix + name for name, one in free.items() if _is_leaf(one))
    for name, one in free.items():
        if not _is_leaf(one):
            yield from _leaves(one, f"{prefix}{name}.", (*above, kind.name))


def _is_leaf(field: GraphQLField) -> bool:
    return is_leaf_type(get_named_type(field.type))


def _needs_value(argument: GraphQLArgument) -> bool:
    return is_required_argument(argument)
