"""Variables of a query, replaced by their default values.

The search protocol carries the query as text only, so a variable can never be given a value
there. GraphQL (October 2021, section 6.4.1) lets an argument whose variable has no value fall
away, which is what happens here to a variable without a default. A variable that is misspelt or
needs a value is refused instead: without its filter the whole registry would be imported.
"""

from dataclasses import replace

from graphql import (
    REMOVE,
    ArgumentNode,
    DirectiveNode,
    DocumentNode,
    NonNullTypeNode,
    NullValueNode,
    ObjectFieldNode,
    OperationDefinitionNode,
    ValueNode,
    VariableNode,
    Visitor,
    visit,
)

from .errors import QueryError


def inline_variables(document: DocumentNode) -> DocumentNode:
    """A copy of the document without variables.

    :raises QueryError: a variable is not declared, or is required and has no default; or a
        directive hangs on one without default, so that nobody can tell whether the field is
        wanted
    """
    return visit(document, _Inliner(_defaults(document)))


def _defaults(document: DocumentNode) -> dict[str, ValueNode | None]:
    found = {}
    for definition in document.definitions:
        if isinstance(definition, OperationDefinitionNode):
            for variable in definition.variable_definitions or ():
                name = variable.variable.name.value
                if isinstance(variable.type, NonNullTypeNode) and variable.default_value is None:
                    raise QueryError.at(
                        variable, f"Give ${name} a default value: the query travels as text."
                    )
                found[name] = variable.default_value
    return found


class _Inliner(Visitor):
    def __init__(self, defaults: dict[str, ValueNode | None]):
        super().__init__()
        self.defaults = defaults

    def enter_operation_definition(self, node, *_args):
        return replace(node, variable_definitions=()) if node.variable_definitions else None

    def enter_directive(self, node: DirectiveNode, *_args):
        for argument in node.arguments or ():
            if self._is_unset(argument):
                raise QueryError.at(
                    argument,
                    f"@{node.name.value} depends on ${argument.value.name.value}, "
                    "which has no default value.",
                )

    def enter_argument(self, node: ArgumentNode, *_args):
        return REMOVE if self._is_unset(node) else None

    def enter_object_field(self, node: ObjectFieldNode, *_args):
        return REMOVE if self._is_unset(node) else None

    def enter_variable(self, node: VariableNode, *_args):
        return self._default(node) or NullValueNode()

    def _is_unset(self, owner: ArgumentNode | ObjectFieldNode) -> bool:
        return isinstance(owner.value, VariableNode) and self._default(owner.value) is None

    def _default(self, node: VariableNode) -> ValueNode | None:
        if node.name.value not in self.defaults:
            raise QueryError.at(node, f"${node.name.value} is not declared.")
        return self.defaults[node.name.value]
