"""The names another registry has for what OpenG2P calls ``getRegistrants`` and its arguments."""

from dataclasses import dataclass, replace

from graphql import ArgumentNode, DocumentNode, FieldNode, NameNode, Visitor, visit

from .query import ROOT_FIELD


@dataclass(frozen=True)
class Dialect:
    """Name by name; an empty one means that the registry has no such argument.

    Everywhere else in the importer the names of OpenG2P stand: they are changed on the way out,
    and back in what the registry tells of its schema.
    """

    root: str = ROOT_FIELD
    limit: str = "limit"
    offset: str = "offset"
    order: str = "order"
    is_group: str = "isGroup"
    changed_since: str = "lastSyncDate"

    @property
    def arguments(self) -> dict[str, str]:
        """OpenG2P's name → the registry's."""
        return {
            "limit": self.limit,
            "offset": self.offset,
            "order": self.order,
            "isGroup": self.is_group,
            "lastSyncDate": self.changed_since,
        }

    def outward(self, document: DocumentNode) -> DocumentNode:
        """The document in the registry's names.

        The root field keeps its usual name as an alias, so that rows arrive under it.
        """
        return document if self == Dialect() else visit(document, _Renamer(self))

    def inward(self, data: dict | list) -> dict | list:
        """What was answered; a schema in it has the usual names."""
        shown = data.get("__schema") if isinstance(data, dict) else None
        if self == Dialect() or not isinstance(shown, dict):
            return data
        return {**data, "__schema": {**shown, "types": self._types(shown)}}

    def _types(self, shown: dict) -> list:
        root = (shown.get("queryType") or {}).get("name")
        types = shown.get("types") or []
        return [
            {**one, "fields": [self._field(each) for each in one.get("fields") or ()]}
            if one.get("name") == root
            else one
            for one in types
        ]

    def _field(self, field: dict) -> dict:
        if field.get("name") != self.root:
            return field
        usual = {name: ours for ours, name in self.arguments.items() if name}
        arguments = field.get("args") or []
        renamed = [{**arg, "name": usual.get(arg["name"], arg["name"])} for arg in arguments]
        return {**field, "name": ROOT_FIELD, "args": renamed}


class _Renamer(Visitor):
    def __init__(self, dialect: Dialect):
        super().__init__()
        self._dialect = dialect

    def enter_field(self, node: FieldNode, *_args):
        if node.name.value != ROOT_FIELD:
            return None
        return replace(
            node,
            alias=NameNode(value=ROOT_FIELD),
            name=NameNode(value=self._dialect.root),
            arguments=tuple(self._arguments(node.arguments or ())),
        )

    def _arguments(self, arguments: tuple[ArgumentNode, ...]):
        for argument in arguments:
            usual = argument.name.value
            name = self._dialect.arguments.get(usual, usual)
            if name:
                yield replace(argument, name=NameNode(value=name))
