"""What stays of the text of a query, and what does not travel."""

import pytest
from graphql import StringValueNode, parse, print_ast
from wire.query import Page, RegistryQuery

from .pages import GROUPS, OWN, written


@pytest.mark.parametrize(
    ("literal", "value"),
    [
        (r'"say \"no\" \\ \u00e9"', 'say "no" \\ é'),
        ('"आरती 安 ናትናኤል 👪"', "आरती 安 ናትናኤል 👪"),
        (r'"\u{1F46A}"', "👪"),
        ('"""\n  two\n    "lines" \\"""\n  """', 'two\n  "lines" """'),
        ('"# no { comment }"', "# no { comment }"),
        ('""', ""),
    ],
)
def test_texts_of_the_author_keep_their_value(literal, value):
    document = parse(written(f"{{ getRegistrants(name: {literal}) {{ name }} }}"))
    (argument,) = (
        a
        for a in document.definitions[0].selection_set.selections[0].arguments
        if a.name.value == "name"
    )
    assert isinstance(argument.value, StringValueNode)
    assert argument.value.value == value


def test_an_order_with_quotes_is_escaped():
    page = Page(True, 1, order='name "x"')
    assert r'order:"name \"x\""' in RegistryQuery("{ getRegistrants { name } }").text_for_page(page)


def test_comments_and_blanks_do_not_travel():
    text = '# who\n{ # all\n getRegistrants # here\n ( name: "a" # ) {\n ) {\n, name # end\n} }#'
    assert written(text) == f'{{getRegistrants(name:"a" {OWN}){{name}}}}'


def test_aliases_are_taken_off_so_that_answers_have_the_registrys_names():
    text = """{ people: getRegistrants { name: givenName givenName: name ids: regIds { v: value }
      groupMembershipIds { who: individual { n: name } } } }"""
    assert written(text) == (
        f"{{getRegistrants({OWN}){{givenName name regIds{{value}}"
        "groupMembershipIds{individual{name}}}}"
    )


def test_one_field_under_two_aliases_is_still_a_valid_query():
    text = "{ getRegistrants { a: regIds { value } b: regIds { idTypeAsStr } } }"
    assert "regIds{value}regIds{idTypeAsStr}" in written(text)


def test_named_fragments_travel_along():
    text = "{ ...R } fragment R on Query { getRegistrants { ...F } } fragment F on Partner { name }"
    printed = written(text)
    assert f"getRegistrants({OWN}){{...F}}" in printed
    assert printed.count("fragment ") == 2


def test_directives_with_a_value_stay():
    text = "{ getRegistrants { name @include(if: true) gender @skip(if: false) } }"
    assert "name@include(if:true)gender@skip(if:false)" in written(text)


@pytest.mark.parametrize(
    "total", ["totalRegistrantCount", "n: totalRegistrantCount @skip(if: true)"]
)
@pytest.mark.parametrize("shape", ["{{ {0} {1} }}", "{{ {1} {0} }}", "{{ {0} ... {{ {1} }} }}"])
def test_the_total_is_not_asked_for(total, shape):
    printed = written(shape.format("getRegistrants { name }", total))
    assert "totalRegistrantCount" not in printed


def test_the_tree_and_the_text_say_the_same():
    query = RegistryQuery("{ getRegistrants { name } }")
    assert print_ast(query.for_page(GROUPS)) == print_ast(parse(query.text_for_page(GROUPS)))
