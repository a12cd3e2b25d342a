"""A short cut through graphql-core: selecting fields from registrants that are ready-made.

Everything but the inside of a registrant (parsing, validation, arguments, fragments, directives,
errors) is graphql-core's own work. A registrant that cannot be answered plainly (null where none
may be, a value that raises) is handed back to it, so that its error texts come out.
"""

from collections.abc import Callable
from typing import Any

from graphql import GraphQLObjectType, get_named_type, is_list_type, is_non_null_type
from graphql.execution.executor import Executor
from graphql.type import is_object_type

from .records import Wire

Selector = Callable[[Wire], Wire]


class Irregular(Exception):
    """Only the ordinary executor can say what is wrong with this registrant."""


class SelectingExecutor(Executor):
    """Completes a Partner in one go instead of field by field."""

    def complete_object_value(self, return_type, field_details_list, info, *place):
        if return_type.name == "Partner":
            _path, source, _position = place
            try:
                return self._selector(return_type, field_details_list, info)(source)
            except Irregular:
                pass
        return super().complete_object_value(return_type, field_details_list, info, *place)

    def _selector(self, return_type, field_details_list, info) -> Selector:
        selectors = info.context.selectors
        key = id(field_details_list)
        if key not in selectors:
            selectors[key] = selector(self, return_type, field_details_list)
        return selectors[key]


def selector(executor: Executor, parent: GraphQLObjectType, field_details_list) -> Selector:
    """Return a function from a wire record to the selected fields. It may raise Irregular."""
    fields = executor.collect_subfields(parent, field_details_list).grouped_field_set
    steps = [_step(executor, parent, key, details) for key, details in fields.items()]

    def select(source: Wire) -> Wire:
        selected = {}
        for key, name, read in steps:
            value = source.get(name)
            selected[key] = value if read is None else read(value)
        return selected

    return select


def _step(executor: Executor, parent: GraphQLObjectType, key: str, details) -> tuple:
    name = details[0].node.name.value
    if name == "__typename":
        return key, name, lambda _value: parent.name
    kind = parent.fields[name].type
    if is_object_type(get_named_type(kind)):
        inner = selector(executor, get_named_type(kind), details)
        return key, name, _each(inner) if is_list_type(kind) else _maybe(inner)
    if is_non_null_type(kind):
        return key, name, _required
    # The name of two member kinds at once is the one leaf that can be an exception.
    return key, name, _checked if parent.name == "MemberKind" else None


def _each(inner: Selector) -> Callable[[list[Wire]], list[Wire]]:
    return lambda rows: [inner(row) for row in rows]


def _maybe(inner: Selector) -> Callable[[Wire | None], Wire | None]:
    return lambda row: None if row is None else inner(row)


def _required(value: Any) -> Any:
    if value is None:
        raise Irregular
    return value


def _checked(value: Any) -> Any:
    if isinstance(value, Exception):
        raise Irregular
    return value
