"""The operator's GraphQL query, turned into the query for one page.

The text is parsed, never cut: arguments are put into the syntax tree and the tree is printed.
The registry receives no variables (protocol of ``registry/sync/search``: the query travels as
text), so their default values are written in.
"""

from dataclasses import replace

from graphql import (
    ArgumentNode,
    BooleanValueNode,
    DocumentNode,
    FieldNode,
    NameNode,
    Visitor,
    print_ast,
    strip_ignored_characters,
    visit,
)

from .document import fragments_of, operation_of, paths, read_document, top_fields
from .errors import QueryError
from .page import Page
from .variables import inline_variables

ROOT_FIELD = "getRegistrants"
#: The size of one page, in a variable all callers share (OpenG2P): worthless, and often an error.
TOTAL_FIELD = "totalRegistrantCount"
#: Arguments that only the importer sets, because paging depends on them.
PAGING_ARGUMENTS = ("limit", "offset", "order", "lastSyncDate")


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

    @property
    def asks_for_groups(self) -> bool | None:
        """The value of ``isGroup`` in the text; None when the author left it out."""
        for argument in self.root.arguments or ():
            if argument.name.value == "isGroup" and isinstance(argument.value, BooleanValueNode):
                return argument.value.value
        return None

    def for_page(self, page: Page) -> DocumentNode:
        """The same query with the page's arguments, and without the total nobody can trust.

        :raises QueryError: the text asks for households and the import for individuals, or the
            other way round
        """
        if self.asks_for_groups not in (None, page.is_group):
            raise QueryError(
                "isGroup in the query contradicts the target registry of the import; remove it."
            )
        own = page.arguments()
        names = {argument.name.value for argument in own}
        kept = tuple(arg for arg in self.root.arguments or () if arg.name.value not in names)
        return visit(self.document, _PageWriter(self.root, kept + own))

    def text_for_page(self, page: Page) -> str:
        """:meth:`for_page`, printed without needless white space."""
        return strip_ignored_characters(print_ast(self.for_page(page)))

    def root_paths(self) -> frozenset[str]:
        """Dotted names asked for below the root, e.g. ``regIds.value``; aliases resolved."""
        return frozenset(paths(self.root.selection_set, fragments_of(self.document)))


def _one_root(document: DocumentNode) -> FieldNode:
    selections = operation_of(document).selection_set
    fields = list(top_fields(selections, fragments_of(document)))
    roots = [field for field in fields if field.name.value == ROOT_FIELD]
    if len(roots) != 1:
        raise QueryError(f"Ask for {ROOT_FIELD} exactly once; found {len(roots)} times.")
    others = {field.name.value for field in fields} - {ROOT_FIELD, TOTAL_FIELD, "__typename"}
    if others:
        raise QueryError(f"Only {ROOT_FIELD} is imported; remove {', '.join(sorted(others))}.")
    if not roots[0].selection_set:
        raise QueryError.at(roots[0], f"Choose the fields of {ROOT_FIELD} in braces.")
    return roots[0]


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
