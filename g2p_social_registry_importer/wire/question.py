"""Whom a query asks for: what decides whether somebody who does not come is missing."""

from graphql import print_ast

from .errors import QueryError
from .query import RegistryQuery

#: Without these, somebody may be in the answer and not be recognised.
_KNOWN_BY = {
    "addlName",
    "birthdate",
    "familyName",
    "givenName",
    "name",
    "regIds.idTypeAsStr",
    "regIds.value",
}


def question(text: str) -> frozenset[str]:
    """The filters of a query, and what it knows people by; the same for any other wording.

    :param text: GraphQL as the operator wrote it; one that can no longer be read is like no other
    """
    try:
        query = RegistryQuery(text)
    except QueryError:
        return frozenset({text})
    arguments = [one for one in query.root.arguments or () if one.name.value != "isGroup"]
    return frozenset(map(print_ast, arguments)) | (query.root_paths() & _KNOWN_BY)
