"""The operator's GraphQL query, turned into the query for one page.

The text is parsed, never cut: arguments are put into the syntax tree and the tree is printed.
The registry receives no variables (protocol of ``registry/sync/search``: the query travels as
text), so their default values are written in.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from graphql import (
    ArgumentNode,
    BooleanValueNode,
    DocumentNode,
    FieldNode,
    NameNode,
    NullValueNode,
    StringValueNode,
    Visitor,
    print_ast,
    strip_ignored_characters,
    visit,
)
from graphql.pyutils import suggestion_list

from .document import fragments_of, operation_of, paths, read_document, top_fields
from .errors import QueryError
from .page import Page, as_utc
from .variables import inline_variables

ROOT_FIELD = "getRegistrants"
#: The size of one page, in a variable all callers share (OpenG2P): worthless, and often an error.
TOTAL_FIELD = "totalRegistrantCount"
#: Arguments that only the importer sets, because paging depends on them.
PAGING_ARGUMENTS = ("limit", "offset", "order")
#: The author may set this one; the cursor of the import replaces it as soon as it is later.
SINCE_ARGUMENT = "lastSyncDate"


class RegistryQuery:
    """A parsed query with exactly one ``getRegistrants``.

    :param text: GraphQL as the operator wrote it
    :raises QueryError: bad syntax (with line and column), not one query, not one root field,
        a fragment or variable that is not there, or an argument that only the importer may set
    """

    def __init__(self, text: str | None):
        self.document = inline_variables(read_document(text))
        self.root = _one_root(self.document)
        _refuse_paging_arguments(self.root)
        self.created_since = _moment(self._argument(SINCE_ARGUMENT))

    @property
    def asks_for_groups(self) -> bool | None:
        """The value of ``isGroup`` in the text; None when the author left it out."""
        value = self._argument("isGroup")
        return value.value if isinstance(value, BooleanValueNode) else None

    def for_page(self, page: Page) -> DocumentNode:
        """The same query with the page's arguments, and without the total nobody can trust.

        :raises QueryError: the text asks for households and the import for individuals, or the
            other way round
        """
        if self.asks_for_groups not in (None, page.is_group):
            raise QueryError(
                "isGroup in the query contradicts the target registry of the import; remove it."
            )
        own = self._narrowed(page).arguments()
        names = {argument.name.value for argument in own}
        kept = tuple(arg for arg in self.root.arguments or () if arg.name.value not in names)
        return visit(self.document, _PageWriter(self.root, kept + own))

    def text_for_page(self, page: Page) -> str:
        """:meth:`for_page`, printed without needless white space."""
        return strip_ignored_characters(print_ast(self.for_page(page)))

    def _narrowed(self, page: Page) -> Page:
        """The page, since the author's moment where that is later than the cursor."""
        moments = [as_utc(moment) for moment in (page.created_since, self.created_since) if moment]
        return replace(page, created_since=max(moments, default=None))

    def _argument(self, name: str):
        found = (a.value for a in self.root.arguments or () if a.name.value == name)
        return next(found, None)

    def root_paths(self) -> frozenset[str]:
        """Dotted names asked for below the root, e.g. ``regIds.value``; aliases resolved."""
        return frozenset(paths(self.root.selection_set, fragments_of(self.document)))


def _one_root(document: DocumentNode) -> FieldNode:
    selections = operation_of(document).selection_set
    fields = list(top_fields(selections, fragments_of(document)))
    roots = [field for field in fields if field.name.value == ROOT_FIELD]
    if len(roots) != 1:
        meant = _meant_root(fields) if not roots else ""
        raise QueryError(f"Ask for {ROOT_FIELD} exactly once; found {len(roots)} times.{meant}")
    others = {field.name.value for field in fields} - {ROOT_FIELD, TOTAL_FIELD, "__typename"}
    if others:
        raise QueryError(f"Only {ROOT_FIELD} is imported; remove {', '.join(sorted(others))}.")
    if not roots[0].selection_set:
        raise QueryError.at(roots[0], f"Choose the fields of {ROOT_FIELD} in braces.")
    return roots[0]


def _meant_root(fields: Sequence[FieldNode]) -> str:
    """Which of the fields is a slip of the pen, in words; empty when none looks like it."""
    names = suggestion_list(ROOT_FIELD, [field.name.value for field in fields])
    return f" Write {ROOT_FIELD} instead of {names[0]}." if names else ""


def _moment(value) -> datetime | None:
    """When the author wants registrants to be created after; a time without zone is UTC."""
    if value is None or isinstance(value, NullValueNode):
        return None
    try:
        if not isinstance(value, StringValueNode):
            raise ValueError("not a text")
        return as_utc(datetime.fromisoformat(value.value))
    except (ValueError, OverflowError) as error:
        words = f'Write {SINCE_ARGUMENT} as a date or time, e.g. "2026-03-02T08:15:00Z".'
        raise QueryError.at(value, words) from error


def _refuse_paging_arguments(root: FieldNode) -> None:
    for argument in root.arguments or ():
        if argument.name.value in PAGING_ARGUMENTS:
            raise QueryError.at(
                argument, f"Remove {argument.name.value}: the importer sets it for each page."
            )


class _PageWriter(Visitor):
    """Puts a page's arguments on the root field and takes aliases off.

    Without aliases the answer's keys are the registry's own field names, whatever the author
    called them. The total becomes ``__typename``: a selection must not be left empty.
    """

    def __init__(self, root: FieldNode, arguments: tuple[ArgumentNode, ...]):
        super().__init__()
        self.root = root
        self.arguments = arguments

    def enter_field(self, node: FieldNode, *_args):
        if node is self.root:
            return replace(node, alias=None, arguments=self.arguments)
        if node.name.value == TOTAL_FIELD:
            return FieldNode(name=NameNode(value="__typename"))
        return replace(node, alias=None) if node.alias else None
