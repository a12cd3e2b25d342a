"""Queries written from picked fields, and fields picked from written queries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    ArgumentNode,
    BooleanValueNode,
    DocumentNode,
    EnumValueNode,
    FieldNode,
    FloatValueNode,
    IntValueNode,
    NameNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    StringValueNode,
    ast_from_value,
    parse,
    print_ast,
)

from .losses import Loss, losses_of
from .offer import Offer
from .query import ROOT_FIELD, RegistryQuery

#: Literals that a filter can show as a line of text.
_PLAIN = (StringValueNode, IntValueNode, FloatValueNode, BooleanValueNode, EnumValueNode)


@dataclass(frozen=True)
class Picked:
    """What a query asks for, as far as it can be picked.

    :param fields: dotted names
    :param filters: argument → value as one would type it
    :param losses: what would be gone if the query were written anew → the names concerned
    """

    fields: frozenset[str]
    filters: Mapping[str, str]
    losses: Mapping[Loss, tuple[str, ...]]


def write_query(offer: Offer, fields: Iterable[str], filters: Mapping[str, Any]) -> str:
    """A query for these fields, in the order of the schema.

    :param fields: dotted names; those that are not on offer are passed over
    :param filters: argument → value, see :meth:`offer.Filter.value`
    """
    wanted = set(fields)
    tree: dict = {}
    for path in offer.fields:
        if path in wanted:
            _plant(tree, path.split("."))
    arguments = tuple(_argument(offer, name, value) for name, value in filters.items())
    root = FieldNode(name=_name(ROOT_FIELD), arguments=arguments, selection_set=_braces(tree))
    return print_ast(_document(root))


def read_query(offer: Offer, text: str) -> Picked:
    """What of a query can be picked, and what cannot.

    :raises QueryError: the text is no query that can be imported, see :class:`RegistryQuery`
    """
    query = RegistryQuery(text)
    leaves = _leaves(query.root_paths())
    filters, odd = _filters(offer, query.root)
    losses = losses_of(parse(text)) | {
        Loss.FIELDS: tuple(sorted(leaves - set(offer.fields))),
        Loss.FILTERS: odd,
    }
    kept = {loss: losses[loss] for loss in Loss if losses.get(loss)}
    return Picked(frozenset(leaves & set(offer.fields)), filters, kept)


def _plant(tree: dict, steps: list[str]) -> None:
    for step in steps:
        tree = tree.setdefault(step, {})


def _braces(tree: dict) -> SelectionSetNode | None:
    fields = (FieldNode(name=_name(n), selection_set=_braces(t)) for n, t in tree.items())
    return SelectionSetNode(selections=tuple(fields)) if tree else None


def _argument(offer: Offer, name: str, value: Any) -> ArgumentNode:
    literal = ast_from_value(value, offer.argument_type(name))
    return ArgumentNode(name=_name(name), value=literal)


def _name(text: str) -> NameNode:
    return NameNode(value=text)


def _document(root: FieldNode) -> DocumentNode:
    braces = SelectionSetNode(selections=(root,))
    query = OperationDefinitionNode(operation=OperationType.QUERY, selection_set=braces)
    return DocumentNode(definitions=(query,))


def _leaves(paths: Iterable[str]) -> set[str]:
    paths = {path for path in paths if not path.endswith("__typename")}
    return paths - {path.rpartition(".")[0] for path in paths}


def _filters(offer: Offer, root: FieldNode) -> tuple[dict[str, str], tuple[str, ...]]:
    """Values that can be shown, and the names of those that cannot."""
    given = {a.name.value: a.value for a in root.arguments or () if a.name.value != "isGroup"}
    plain = {name: _text(value) for name, value in given.items() if name in offer.filters}
    shown = {name: text for name, text in plain.items() if text}
    return shown, tuple(name for name in given if name not in shown)


def _text(value: Any) -> str:
    if not isinstance(value, _PLAIN):
        return ""
    text = str(value.value)
    if isinstance(value, BooleanValueNode):
        return text.lower()
    return text if text == text.strip() and "\n" not in text else ""
