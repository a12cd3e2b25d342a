"""A GraphQL text as a syntax tree, checked as far as that goes without the registry's schema."""

from collections.abc import Iterator

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLSyntaxError,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    ParallelVisitor,
    SelectionSetNode,
    parse,
    visit,
)
from graphql.validation import (
    ASTValidationContext,
    ASTValidationRule,
    ExecutableDefinitionsRule,
    KnownFragmentNamesRule,
    NoFragmentCyclesRule,
    NoUnusedFragmentsRule,
    UniqueArgumentNamesRule,
    UniqueFragmentNamesRule,
    UniqueVariableNamesRule,
)

from .errors import QueryError


class _NoEmptyBraces(ASTValidationRule):
    """The parser lets ``{ }`` pass; a registry does not."""

    def enter_selection_set(self, node: SelectionSetNode, *_args) -> None:
        if not node.selections:
            self.report_error(GraphQLError("Name at least one field in these braces.", node))


#: What can be wrong whatever the schema, so that it shows when the query is written and not on
#: the first page of a run.
_RULES = (
    ExecutableDefinitionsRule,
    KnownFragmentNamesRule,
    NoFragmentCyclesRule,
    NoUnusedFragmentsRule,
    UniqueArgumentNamesRule,
    UniqueFragmentNamesRule,
    UniqueVariableNamesRule,
    _NoEmptyBraces,
)


def read_document(text: str | None) -> DocumentNode:
    """One query with its fragments.

    :raises QueryError: bad syntax, a fragment that is missing, unused or contains itself, a name
        used twice, or anything but exactly one query; with line and column where there is a place
    """
    document = _parse(text or "")
    errors: list[GraphQLError] = []
    context = ASTValidationContext(document, errors.append)
    visit(document, ParallelVisitor([rule(context) for rule in _RULES]))
    if errors:
        raise QueryError.at(errors[0].nodes[0], errors[0].message)
    _require_one_query(document)
    return document


def operation_of(document: DocumentNode) -> OperationDefinitionNode:
    """The query itself."""
    return next(d for d in document.definitions if isinstance(d, OperationDefinitionNode))


def fragments_of(document: DocumentNode) -> dict[str, FragmentDefinitionNode]:
    """Its named fragments."""
    found = (d for d in document.definitions if isinstance(d, FragmentDefinitionNode))
    return {fragment.name.value: fragment for fragment in found}


def top_fields(selections: SelectionSetNode, fragments) -> Iterator[FieldNode]:
    """The fields on one level, looking through fragments."""
    for node in selections.selections:
        if isinstance(node, FieldNode):
            yield node
        elif isinstance(node, InlineFragmentNode):
            yield from top_fields(node.selection_set, fragments)
        elif isinstance(node, FragmentSpreadNode):
            yield from top_fields(fragments[node.name.value].selection_set, fragments)


def paths(selections: SelectionSetNode, fragments, prefix: str = "") -> Iterator[str]:
    """Dotted names of all fields on this level and below it; aliases resolved."""
    for field in top_fields(selections, fragments):
        path = prefix + field.name.value
        yield path
        if field.selection_set:
            yield from paths(field.selection_set, fragments, path + ".")


def _parse(text: str) -> DocumentNode:
    try:
        return parse(text)
    except GraphQLSyntaxError as error:
        place = error.locations[0]
        message = error.message.removeprefix("Syntax Error: ")
        raise QueryError(message, place.line, place.column) from error


def _require_one_query(document: DocumentNode) -> None:
    operations = [d for d in document.definitions if isinstance(d, OperationDefinitionNode)]
    if len(operations) != 1 or operations[0].operation is not OperationType.QUERY:
        raise QueryError("Write exactly one query (no mutation, no subscription, no second query).")
