"""A query compared with the schema a registry has shown, before the registry refuses it."""

from collections.abc import Collection

from graphql import ArgumentNode, GraphQLError, GraphQLSchema, validate

from .errors import QueryError
from .page import Page
from .query import RegistryQuery

#: One slip leads to another; what is behind the first few is not worth reading yet.
_MOST_ERRORS = 5


def check_against_schema(
    query: RegistryQuery, page: Page, schema: GraphQLSchema, unsent: Collection[str] = ()
) -> None:
    """Have a registry's own rules applied to the query as it would be sent.

    :param page: any page the import may ask for
    :param unsent: arguments of a page that this registry does not get, see :mod:`dialect`
    :raises QueryError: a field or an argument that is not there, with the nearest name that is, a
        value of the wrong type, or braces that are missing or too many; a line for each of the
        first five, with line and column where there is a place
    """
    found = validate(schema, query.for_page(page))
    errors = [error for error in found if not _is_about(error, unsent)]
    if errors:
        first, *others = errors[:_MOST_ERRORS]
        words = [first.message, *(str(_as_query_error(error)) for error in others)]
        raise _as_query_error(first, "\n".join(words))


def _is_about(error: GraphQLError, unsent: Collection[str]) -> bool:
    node = error.nodes[0] if error.nodes else None
    return isinstance(node, ArgumentNode) and node.loc is None and node.name.value in unsent


def _as_query_error(error: GraphQLError, words: str = "") -> QueryError:
    return QueryError.at(error.nodes[0] if error.nodes else None, words or error.message)
