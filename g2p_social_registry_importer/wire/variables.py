"""Variables of a query, replaced by their default values.

The search protocol carries the query as text only, so a variable can never be given a value
there. GraphQL (October 2021, section 6.4.1) lets an argument whose variable has no value fall
away, which is what happens here to a variable without a default.
"""

from dataclasses import replace

from graphql import (
    REMOVE,
    ArgumentNode,
    DirectiveNode,
    DocumentNode,
    NullValueNode,
    OperationDefinitionNode,
    VariableNode,
    Visitor,
    visit,
)

from .errors import QueryError


def inline_variables(document: DocumentNode) -> DocumentNode:
    """A copy of the document without variables.

    :raises QueryError: a directive hangs on a variable that has no default, so that nobody can
        tell whether the field is wanted
    """
    return visit(document, _Inliner(_defaults(document)))


def _defaults(document: DocumentNode) -> dict:
    found = {}
    for definition in document.definitions:
        if isinstance(definition, OperationDefinitionNode):
            for variable in definition.variable_definitions or ():
                found[variable.variable.name.value] = variable.default_value
    return found


class _Inliner(Visitor):
    def __init__(self, defaults: dict):
        super().__init__()
        self.defaults = defaults

    def enter_operation_definition(self, node, *_args):
        return replace(node, variable_definitions=()) if node.variable_definitions else None

    def enter_directive(self, node: DirectiveNode, *_args):
        for argument in node.arguments or ():
            if self._is_unset(argument):
                raise QueryError(
                    f"@{node.name.value} depends on ${argument.value.name.value}, "
                    "which has no default value."
                )

    def enter_argument(self, node: ArgumentNode, *_args):
        return REMOVE if self._is_unset(node) else None

    def enter_variable(self, node: VariableNode, *_args):
        return self.defaults.get(node.name.value) or NullValueNode()

    def _is_unset(self, argument: ArgumentNode) -> bool:
        value = argument.value
        return isinstance(value, VariableNode) and self.defaults.get(value.name.value) is None
