"""Valid queries for the sample registry's schema, drawn with what they ask for."""

import json
from dataclasses import dataclass, field
from random import Random
from typing import Any

from graphql import GraphQLObjectType, get_named_type
from hypothesis import strategies as st

from tests.servers.social_registry.schema import SCHEMA

#: What may stand between two words of a query.
GAPS = (" ", "\n", ",\t", " , ", "\ufeff ", "# ) } getRegistrants(limit: 5) {\n", '# " """ $x \\\n')
STRING_ARGUMENTS = ("name", "givenName", "address", "gender", "birthdate", "phoneNumberIds")
#: Fields on each level, at least and at most.
WIDTH = ((1, 4), (1, 3), (1, 2))

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


@dataclass
class Wanted:
    """What a drawn query asks for, known by construction.

    :param arguments: the author's own, without those whose variable has no value
    :param paths: dotted names below the root
    """

    text: str = ""
    is_group: bool = True
    arguments: dict[str, Any] = field(default_factory=dict)
    paths: set[str] = field(default_factory=set)


class _Author:
    """Writes one query, word by word."""

    def __init__(self, draw):
        self.draw = draw
        self.wanted = Wanted(is_group=draw(st.booleans()))
        self.variables: list[list[str]] = []
        self.fragments: list[list[str]] = []
        self.names = 0

    def write(self) -> Wanted:
        root = [*self._alias(), "getRegistrants", *self._arguments(), *self._directives()]
        root += self._selection(SCHEMA.type_map["Partner"], "", 0)
        words = ["{", *self._wrapped("Query", root), *self._extras(), "}"]
        for fragment in self.fragments:
            words += fragment
        gaps = Random(self.draw(st.integers(0, 2**16)))
        everything = self._head() + words
        self.wanted.text = "".join(word + gaps.choice(GAPS) for word in everything)
        return self.wanted

    def _head(self) -> list[str]:
        if not self.variables:
            return self.draw(st.sampled_from([[], ["query"], ["query", "Households"]]))
        return ["query", "(", *(word for variable in self.variables for word in variable), ")"]

    def _extras(self) -> list[str]:
        extras = st.sampled_from(["__typename", "totalRegistrantCount", "n:totalRegistrantCount"])
        return self.draw(st.lists(extras, max_size=2, unique=True))

    def _arguments(self) -> list[str]:
        names = self.draw(st.lists(st.sampled_from(STRING_ARGUMENTS), max_size=3, unique=True))
        words = [word for name in names for word in self._argument(name)]
        if self.draw(st.booleans()):
            literal = json.dumps(self.wanted.is_group)
            words += ["isGroup", ":", self._maybe_variable("Boolean", literal)]
        return ["(", *words, ")"] if words else []

    def _argument(self, name: str) -> list[str]:
        value = self.draw(st.one_of(st.none(), texts))
        shape = self.draw(st.sampled_from(["literal", "default", "unset"]))
        if shape == "unset":
            return [name, ":", self._variable("String")]
        self.wanted.arguments[name] = value
        literal = json.dumps(value, ensure_ascii=self.draw(st.booleans()) and _is_plain(value))
        return [name, ":", self._variable("String", literal) if shape == "default" else literal]

    def _maybe_variable(self, kind: str, literal: str) -> str:
        return self._variable(kind, literal) if self.draw(st.booleans()) else literal

    def _variable(self, kind: str, default: str | None = None) -> str:
        name = self._name("$v")
        required = "!" if default not in (None, "null") and self.draw(st.booleans()) else ""
        self.variables.append([name, ":", kind + required, *(["=", default] if default else [])])
        return name

    def _directives(self) -> list[str]:
        if self.draw(st.integers(0, 5)):
            return []
        condition = self._maybe_variable("Boolean", json.dumps(self.draw(st.booleans())))
        return [self.draw(st.sampled_from(["@include", "@skip"])), "(", "if", ":", condition, ")"]

    def _selection(self, kind: GraphQLObjectType, prefix: str, depth: int) -> list[str]:
        words = ["{"]
        for _ in range(self.draw(st.integers(*WIDTH[min(depth, 2)]))):
            words += self._wrapped(kind.name, self._field(kind, prefix, depth))
        return [*words, "}"]

    def _field(self, kind: GraphQLObjectType, prefix: str, depth: int) -> list[str]:
        name = self.draw(st.sampled_from(_NAMES[kind.name]))
        self.wanted.paths.add(prefix + name)
        words = [*self._alias(), name, *self._directives()]
        inner = _inner(kind.fields[name])
        return words + (self._selection(inner, f"{prefix}{name}.", depth + 1) if inner else [])

    def _wrapped(self, kind: str, words: list[str]) -> list[str]:
        """The same selection as it is, in an inline fragment, or in a named one."""
        shape = self.draw(st.sampled_from(["plain", "plain", "plain", "inline", "bare", "named"]))
        if shape == "plain":
            return words
        if shape == "named":
            name = self._name("F")
            self.fragments.append(["fragment", name, "on", kind, "{", *words, "}"])
            return ["...", name, *self._directives()]
        condition = ["on", kind] if shape == "inline" else []
        return ["...", *condition, *self._directives(), "{", *words, "}"]

    def _alias(self) -> list[str]:
        return [self._name("a"), ":"] if self.draw(st.integers(0, 3)) == 0 else []

    def _name(self, prefix: str) -> str:
        self.names += 1
        return f"{prefix}{self.names}"


def _inner(graphql_field) -> GraphQLObjectType | None:
    kind = get_named_type(graphql_field.type)
    return kind if isinstance(kind, GraphQLObjectType) else None


def _weighted(kind: GraphQLObjectType) -> list[str]:
    """Its field names; those with fields of their own come as often as all others together."""
    plain = [name for name, f in kind.fields.items() if not _inner(f)]
    nested = [name for name, f in kind.fields.items() if _inner(f)]
    return plain + nested * (len(plain) // max(1, len(nested)))


def _is_plain(value: str | None) -> bool:
    """Whether JSON's escapes are GraphQL's too: true up to U+FFFF."""
    return value is None or all(ord(letter) < 0x10000 for letter in value)


_NAMES = {
    name: _weighted(kind)
    for name, kind in SCHEMA.type_map.items()
    if isinstance(kind, GraphQLObjectType) and not name.startswith("__")
}


@st.composite
def queries(draw) -> Wanted:
    """A query and what it asks for."""
    return _Author(draw).write()
