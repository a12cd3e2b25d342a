"""One page of households, and the text of a query for it."""

from graphql import parse, validate
from wire.query import Page, RegistryQuery

from tests.servers.social_registry.schema import SCHEMA

GROUPS = Page(is_group=True, limit=50, offset=100)
OWN = 'isGroup:true limit:50 offset:100 order:"id asc"'


def written(text, page=GROUPS):
    """The text for a page, which the sample registry's schema must accept."""
    printed = RegistryQuery(text).text_for_page(page)
    assert validate(SCHEMA, parse(printed)) == []
    return printed
