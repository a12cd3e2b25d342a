"""totalRegistrantCount: a page-sized number in a variable that everybody shares."""

import pytest

PAGE = "getRegistrants(limit: 3) { name }"


def test_after_the_list_it_is_the_page_size_not_the_number_of_matches(client):
    assert client.records(f"{{ {PAGE} totalRegistrantCount }}")["totalRegistrantCount"] == 3


def test_without_limit_it_is_the_true_number(client):
    found = client.records("{ getRegistrants(isGroup: true) { name } totalRegistrantCount }")
    assert found["totalRegistrantCount"] == 12


def test_alone_in_a_fresh_worker_it_is_404(client):
    assert client.refusal("{ totalRegistrantCount }") == "name 'count' is not defined"


@pytest.mark.parametrize("cached", [False, True])
def test_before_the_list_it_is_left_over_from_another_call(client, cached):
    query = f"{{ totalRegistrantCount {PAGE} }}"
    if cached:
        client.records(f"{{ {PAGE} }}")
        client.records(query)
    client.records("{ getRegistrants(limit: 7) { name } }")
    assert client.records(query)["totalRegistrantCount"] == 7
    assert client.records(query)["totalRegistrantCount"] == 3


def test_a_repeated_search_leaves_its_number_behind_too(client):
    three, five = f"{{ {PAGE} }}", "{ getRegistrants(limit: 5) { name } }"
    for query in (three, five, three):
        client.records(query)
    assert client.records("{ totalRegistrantCount }") == {"totalRegistrantCount": 3}


def test_with_two_lists_the_last_one_wins(client):
    found = client.records(
        "{ a: getRegistrants(limit: 2) { name } b: getRegistrants(limit: 4) { name }"
        " n: totalRegistrantCount }"
    )
    assert found["n"] == 4


def test_a_call_that_fails_later_has_already_changed_it(client):
    client.records("{ getRegistrants(limit: 5) { name } }")
    client.refusal(f'{{ {PAGE} x: getRegistrants(order: "bad order") {{ name }} }}')
    assert client.records("{ totalRegistrantCount }")["totalRegistrantCount"] == 3
