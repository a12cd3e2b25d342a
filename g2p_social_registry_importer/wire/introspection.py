"""A registry's schema: asked for, kept as text, and read from it again."""

from functools import lru_cache
from pathlib import Path

from graphql import (
    GraphQLError,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    build_client_schema,
    build_schema,
    get_introspection_query,
    parse,
    print_schema,
)

from .client import SocialRegistry
from .errors import RefusalError
from .schema import Schema

#: What graphql-core raises for an introspection that is none, and for types that make no sense.
_MISSHAPEN = (AttributeError, GraphQLError, KeyError, TypeError, ValueError)


def read_schema(registry: SocialRegistry, *, is_group: bool) -> str:
    """Ask a registry for its schema.

    :returns: the whole of it in GraphQL's own language (October 2021, section 3), without
        descriptions; :func:`schema_of` reads it
    :raises RefusalError: it does not show one
    :raises ConfigurationError, TemporaryError: see :mod:`errors`
    """
    document = parse(get_introspection_query(descriptions=False))
    data = registry.ask(document, is_group=is_group)
    try:
        text = print_schema(build_client_schema(data))
        schema_of(text)
    except _MISSHAPEN as error:
        raise RefusalError("The registry does not show its schema.") from error
    return text


@lru_cache(maxsize=8)
def schema_of(text: str) -> GraphQLSchema:
    """The schema that a text of :func:`read_schema` describes."""
    return build_schema(text, assume_valid=True, assume_valid_sdl=True)


def known_schema() -> GraphQLSchema:
    """The schema of an OpenG2P registry, for those that do not show theirs."""
    return schema_of((Path(__file__).parent / "schemas" / "openg2p.graphql").read_text())


def fields_by_type(text: str) -> Schema:
    """The types with fields, as plain data; those of GraphQL itself left out.

    :param text: see :func:`read_schema`
    """
    types = schema_of(text).type_map.values()
    return {one.name: _fields(one) for one in types if _is_of_interest(one)}


def _is_of_interest(one) -> bool:
    with_fields = isinstance(one, (GraphQLObjectType, GraphQLInterfaceType))
    return with_fields and not one.name.startswith("__")


def _fields(one) -> dict[str, str]:
    return {name: str(field.type) for name, field in one.fields.items()}
