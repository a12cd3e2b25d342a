"""Whatever valid query an operator writes, the page's query is valid and asks for the same."""

from datetime import datetime

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    OperationDefinitionNode,
    VariableNode,
    Visitor,
    parse,
    strip_ignored_characters,
    validate,
    value_from_ast_untyped,
    visit,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wire.query import Page, RegistryQuery

from tests.servers.social_registry.schema import SCHEMA

from .random_queries import Wanted, queries

EXAMPLES = 500
MOMENTS = st.none() | st.just(datetime(2026, 3, 2, 8, 15))


class _Reader(Visitor):
    """Reads a printed query on its own terms: fragments by name, every field's path."""

    def __init__(self, document):
        super().__init__()
        self.fragments = {
            d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)
        }
        self.fields: list[tuple[str, FieldNode]] = []

    def read(self, selections, prefix=""):
        for node in selections:
            if isinstance(node, FieldNode):
                self.fields.append((prefix + node.name.value, node))
                below = node.selection_set.selections if node.selection_set else ()
                self.read(below, f"{prefix}{node.name.value}.")
            else:
                name = getattr(node, "name", None)
                self.read(
                    (self.fragments[name.value] if name else node).selection_set.selections, prefix
                )


def fields_of(document):
    """All fields of the one operation, as (path, node)."""
    (operation,) = (d for d in document.definitions if isinstance(d, OperationDefinitionNode))
    reader = _Reader(document)
    reader.read(operation.selection_set.selections)
    return reader.fields


class _NoVariables(Visitor):
    def enter_variable(self, node: VariableNode, *_args):
        raise AssertionError(f"${node.name.value} is left")


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow])
@given(queries(), st.integers(1, 5000), st.integers(0, 2**31 - 1), MOMENTS)
def test_any_valid_query_is_turned_into_a_valid_page_of_the_same_fields(
    wanted: Wanted, limit, offset, created_since
):
    """500 examples: fields, aliases, fragments, variables, directives, comments, arguments."""
    assert validate(SCHEMA, parse(wanted.text)) == []
    query = RegistryQuery(wanted.text)
    page = Page(wanted.is_group, limit, offset, created_since=created_since)
    printed = query.text_for_page(page)
    document = parse(printed)
    assert validate(SCHEMA, document) == []
    visit(document, _NoVariables())
    fields = fields_of(document)
    roots = [node for path, node in fields if path == "getRegistrants"]
    assert len(roots) == 1
    assert arguments_of(roots[0]) == sorted((wanted.arguments | sent_with(page)).items())
    below = {path.removeprefix("getRegistrants.") for path, _node in fields if "." in path}
    assert below == wanted.paths == query.root_paths()
    assert {path for path, _node in fields if "." not in path} <= {"getRegistrants", "__typename"}
    assert not any(node.alias for _path, node in fields)
    assert strip_ignored_characters(printed) == printed


def arguments_of(root: FieldNode):
    """Name and value of each argument, twice if it is there twice."""
    return sorted((a.name.value, value_from_ast_untyped(a.value)) for a in root.arguments)


def sent_with(page: Page):
    values = {
        "isGroup": page.is_group,
        "limit": page.limit,
        "offset": page.offset,
        "order": "id asc",
    }
    since = {"lastSyncDate": "2026-03-02T08:15:00.000Z"} if page.created_since else {}
    return values | since
