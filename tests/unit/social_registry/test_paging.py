"""Pages put together are the whole list."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

ORDERS = st.sampled_from(["id asc", "id desc", "create_date asc, id asc", "name, id"])
KINDS = st.sampled_from(["", "isGroup: true, ", "isGroup: false, "])
FIELDS = "{ name regIds { value } }"


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(limit=st.integers(1, 90), order=ORDERS, kind=KINDS)
def test_pages_of_any_size_add_up_to_the_whole_list(client, limit, order, kind):
    def rows(paging):
        query = f'{{ getRegistrants({kind}order: "{order}"{paging}) {FIELDS} }}'
        return client.records(query)["getRegistrants"]

    pages, offset = [], 0
    while True:
        page = rows(f", limit: {limit}, offset: {offset}")
        pages += page
        offset += limit
        if len(page) < limit:
            break
    assert pages == rows("")
    assert len(pages) in (12, 60, 72)


def test_inserting_at_the_end_does_not_shift_pages_by_id(client):
    before = client.names('order: "id asc", limit: 30')
    client.registry.changes(added=5, households=2, seed=3)
    assert client.names('order: "id asc", limit: 30') == before
