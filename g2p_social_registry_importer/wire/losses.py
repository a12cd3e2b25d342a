"""What of a written query has no place among ticked fields and filled-in filters."""

from collections.abc import Iterator
from enum import StrEnum

from graphql import (
    DirectiveNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    InlineFragmentNode,
    TokenKind,
    VariableDefinitionNode,
    Visitor,
    visit,
)

from .query import ROOT_FIELD, TOTAL_FIELD


class Loss(StrEnum):
    """What of a written query cannot be picked."""

    FIELDS = "fields"
    FILTERS = "filters"
    ARGUMENTS = "arguments"
    DIRECTIVES = "directives"
    VARIABLES = "variables"
    FRAGMENTS = "fragments"
    ALIASES = "aliases"
    COMMENTS = "comments"


def losses_of(document: DocumentNode) -> dict[Loss, tuple[str, ...]]:
    """Names by the kind of loss, as far as the text alone tells; most are empty."""
    reader = _Losses()
    visit(document, reader)
    reader.found[Loss.COMMENTS] += _comments(document)
    return {loss: tuple(dict.fromkeys(names)) for loss, names in reader.found.items()}


class _Losses(Visitor):
    """Gathers what has no place among ticks."""

    def __init__(self):
        super().__init__()
        self.found: dict[Loss, list[str]] = {loss: [] for loss in Loss}

    def enter_field(self, node: FieldNode, *_args):
        name = node.name.value
        if node.alias and name != TOTAL_FIELD:
            self.found[Loss.ALIASES].append(node.alias.value)
        if node.arguments and name != ROOT_FIELD:
            self.found[Loss.ARGUMENTS].append(name)

    def enter_directive(self, node: DirectiveNode, *_args):
        self.found[Loss.DIRECTIVES].append(f"@{node.name.value}")

    def enter_variable_definition(self, node: VariableDefinitionNode, *_args):
        self.found[Loss.VARIABLES].append(f"${node.variable.name.value}")

    def enter_fragment_definition(self, node: FragmentDefinitionNode, *_args):
        self.found[Loss.FRAGMENTS].append(node.name.value)

    def enter_inline_fragment(self, node: InlineFragmentNode, *_args):
        condition = node.type_condition
        self.found[Loss.FRAGMENTS].append(f"... on {condition.name.value}" if condition else "...")


def _comments(document: DocumentNode) -> Iterator[str]:
    token = document.loc.start_token
    while token:
        if token.kind is TokenKind.COMMENT:
            yield f"#{token.value}"
        token = token.next
