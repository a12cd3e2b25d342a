"""Variables, which the protocol cannot carry."""

import pytest
from graphql import parse, validate
from wire.errors import QueryError
from wire.query import Page, RegistryQuery

from tests.servers.social_registry.schema import SCHEMA

from .support import failure


def written(text):
    return RegistryQuery(text).text_for_page(Page(is_group=False, limit=1))


def arguments(text):
    """The author's own arguments as they are sent."""
    printed = written(text)
    assert validate(SCHEMA, parse(printed)) == []
    return printed.split("(", 1)[1].split("isGroup:")[0].strip()


@pytest.mark.parametrize(
    ("kind", "default", "sent"),
    [
        ("String", '"Amara \\"A\\""', 'name:"Amara \\"A\\""'),
        ("String!", '"x"', 'name:"x"'),
        ("String", '"""block"""', 'name:"""block"""'),
        ("String", "null", "name:null"),
    ],
)
def test_a_default_value_is_written_in(kind, default, sent):
    text = f"query Q($n: {kind} = {default}) {{ getRegistrants(name: $n) {{ name }} }}"
    assert arguments(text) == sent


def test_no_variable_and_no_definition_is_left():
    text = 'query Q($n: String = "x", $g: String) { getRegistrants(name: $n, gender: $g) { name } }'
    assert "$" not in written(text)
    assert written(text).startswith("query Q{")


def test_an_argument_without_a_value_falls_away():
    text = 'query($n: String, $g: String = "F") { getRegistrants(name: $n, gender: $g) { name } }'
    assert arguments(text) == 'gender:"F"'


def test_a_nested_argument_without_a_value_falls_away():
    text = "query($s: Int) { getRegistrants { name photo(size: $s, round: true) { url } } }"
    assert "photo(round:true)" in written(text)


def test_values_inside_lists_and_objects_follow_the_same_rule():
    text = """query($a: Int = 1, $b: Int) {
      getRegistrants { name photo(sizes: [$a, $b], box: {w: $a, h: $b}) { url } } }"""
    assert "photo(sizes:[1 null]box:{w:1})" in written(text)


def test_variables_work_inside_fragments():
    text = """query($yes: Boolean = true) { getRegistrants { ...F } }
      fragment F on Partner { name @include(if: $yes) }"""
    assert "name@include(if:true)" in written(text)


@pytest.mark.parametrize("directive", ["include", "skip"])
@pytest.mark.parametrize("where", ["gender {0}", "... {0} {{ gender }}", "...F {0}"])
def test_a_directive_that_hangs_on_nothing_is_refused_with_its_place(directive, where):
    selection = where.format(f"@{directive}(if: $c)")
    text = f"query($c: Boolean) {{\n getRegistrants {{ name {selection} }} }}"
    if "...F" in text:
        text += " fragment F on Partner { gender }"
    error = failure(QueryError, RegistryQuery, text)
    assert f"@{directive} depends on $c" in str(error)
    assert error.line == 2


def test_a_misspelt_variable_does_not_drop_its_filter():
    text = 'query($region: String = "North") {\n  getRegistrants(name: $regoin) { name }\n}'
    error = failure(QueryError, RegistryQuery, text)
    assert "$regoin is not declared" in str(error)
    assert (error.line, error.column) == (2, 24)


@pytest.mark.parametrize("use", ["name @skip(if: $x)", "photo(sizes: [$x]) { url }"])
def test_a_variable_nobody_declared_is_refused_wherever_it_stands(use):
    error = failure(QueryError, RegistryQuery, f"{{ getRegistrants {{ name {use} }} }}")
    assert "$x is not declared" in str(error)


def test_a_required_variable_needs_a_default():
    text = "query($name: String!) { getRegistrants(name: $name) { name } }"
    error = failure(QueryError, RegistryQuery, text)
    assert "Give $name a default" in str(error)
    assert (error.line, error.column) == (1, 7)


def test_a_variable_declared_twice_is_refused():
    text = 'query($n: String = "a", $n: String) { getRegistrants(name: $n) { name } }'
    assert "only one variable named '$n'" in str(failure(QueryError, RegistryQuery, text))
