"""The operator's GraphQL query, turned into the query for one page.

The text is parsed, never cut: arguments are put into the syntax tree and the tree is printed.
The registry receives no variables (protocol of ``registry/sync/search``: the query travels as
text), so their default values are written in.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from graphql import (
    ArgumentNode,
    BooleanValueNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLSyntaxError,
    InlineFragmentNode,
    IntValueNode,
    NameNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    StringValueNode,
    ValueNode,
    Visitor,
    parse,
    print_ast,
    strip_ignored_characters,
    visit,
)

from .errors import QueryError
from .variables import inline_variables

ROOT_FIELD = "getRegistrants"
#: The size of one page, in a variable all callers share (OpenG2P): worthless, and often an error.
TOTAL_FIELD = "totalRegistrantCount"
#: Arguments that only the importer sets, because paging depends on them.
PAGING_ARGUMENTS = ("limit", "offset", "order", "lastSyncDate")


@dataclass(frozen=True)
class Page:
    """Which slice of the registry to ask for.

    :param is_group: households when true, individuals when false
    :param limit: rows asked for, at least 1
    :param offset: rows skipped
    :param order: a total order in the registry's own field names
    :param created_since: only registrants created later; aware or naive UTC; None for all
    """

    is_group: bool
    limit: int
    offset: int = 0
    order: str = "id asc"
    created_since: datetime | None = None

    def arguments(self) -> tuple[ArgumentNode, ...]:
        values: dict[str, ValueNode] = {
            "isGroup": BooleanValueNode(value=self.is_group),
            "limit": IntValueNode(value=str(self.limit)),
            "offset": IntValueNode(value=str(self.offset)),
            "order": StringValueNode(value=self.order),
        }
        if self.created_since is not None:
            values["lastSyncDate"] = StringValueNode(value=utc_text(self.created_since))
        return tuple(_argument(name, value) for name, value in values.items())


def utc_text(moment: datetime) -> str:
    """``2026-03-02T08:15:00.000Z``: always UTC, as the registry drops an offset unconverted."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{aware.microsecond // 1000:03}Z"


class RegistryQuery:
    """A parsed query with exactly one ``getRegistrants``.

    :param text: GraphQL as the operator wrote it
    :raises QueryError: bad syntax (with line and column), not one query, not one root field,
        or an argument that only the importer may set
    """

    def __init__(self, text: str):
        self.document = _one_query(inline_variables(_parse(text)))
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
        return frozenset(_paths(self.root.selection_set, _fragments(self.document)))


def _parse(text: str) -> DocumentNode:
    try:
        return parse(text or "", no_location=False)
    except GraphQLSyntaxError as error:
        place = error.locations[0]
        message = error.message.removeprefix("Syntax Error: ")
        raise QueryError(message, place.line, place.column) from error
    except (GraphQLError, RecursionError) as error:
        raise QueryError("The query cannot be read.") from error


def _one_query(document: DocumentNode) -> DocumentNode:
    operations = [d for d in document.definitions if isinstance(d, OperationDefinitionNode)]
    if len(operations) != 1 or operations[0].operation is not OperationType.QUERY:
        raise QueryError("Write exactly one query (no mutation, no subscription, no second query).")
    return document


def _one_root(document: DocumentNode) -> FieldNode:
    operation = next(d for d in document.definitions if isinstance(d, OperationDefinitionNode))
    fields = list(_top_fields(operation.selection_set, _fragments(document)))
    roots = [field for field in fields if field.name.value == ROOT_FIELD]
    if len(roots) != 1:
        raise QueryError(f"Ask for {ROOT_FIELD} exactly once; found {len(roots)} times.")
    others = {field.name.value for field in fields} - {ROOT_FIELD, TOTAL_FIELD, "__typename"}
    if others:
        raise QueryError(f"Only {ROOT_FIELD} is imported; remove {', '.join(sorted(others))}.")
    if not roots[0].selection_set:
        raise QueryError(f"Choose the fields of {ROOT_FIELD} in braces.", *_place(roots[0]))
    return roots[0]


def _refuse_paging_arguments(root: FieldNode) -> None:
    for argument in root.arguments or ():
        if argument.name.value in PAGING_ARGUMENTS:
            raise QueryError(
                f"Remove {argument.name.value}: the importer sets it for each page.",
                *_place(argument),
            )


def _place(node) -> tuple[int, int]:
    start = node.loc.source.get_location(node.loc.start)
    return start.line, start.column


def _argument(name: str, value) -> ArgumentNode:
    return ArgumentNode(name=NameNode(value=name), value=value)


def _fragments(document: DocumentNode) -> dict[str, FragmentDefinitionNode]:
    found = (d for d in document.definitions if isinstance(d, FragmentDefinitionNode))
    return {fragment.name.value: fragment for fragment in found}


def _top_fields(selections: SelectionSetNode, fragments, seen=()) -> Iterator[FieldNode]:
    """The fields on one level, looking through fragments; a fragment cycle is cut."""
    for node in selections.selections:
        if isinstance(node, FieldNode):
            yield node
        elif isinstance(node, InlineFragmentNode):
            yield from _top_fields(node.selection_set, fragments, seen)
        elif isinstance(node, FragmentSpreadNode) and node.name.value not in seen:
            fragment = fragments.get(node.name.value)
            if fragment is None:
                raise QueryError(f"Fragment {node.name.value} is not defined.", *_place(node))
            yield from _top_fields(fragment.selection_set, fragments, (*seen, node.name.value))


def _paths(selections, fragments, prefix="") -> Iterator[str]:
    for field in _top_fields(selections, fragments):
        path = prefix + field.name.value
        yield path
        if field.selection_set:
            yield from _paths(field.selection_set, fragments, path + ".")


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
