"""What an import makes of each field a query asks for, and what a query leaves out."""

import pytest
from meaning.mapping import Rule
from meaning.uses import Gap, Reason, Use, Uses, gaps
from wire.query import RegistryQuery

from .readers import TARGETS, mapping

KNOWN = {*TARGETS, "is_company", "district"}
IDS = "regIds { idTypeAsStr value }"


def uses(selection, *, is_group=True, **rules) -> list[Use]:
    paths = RegistryQuery(f"{{ getRegistrants {{ {selection} }} }}").root_paths()
    return Uses(mapping(**rules), KNOWN, is_group=is_group).of(paths)


def only(selection, **options) -> Use:
    (use,) = uses(selection, **options)
    return use


@pytest.mark.parametrize(
    ("selection", "model", "field"),
    [
        ("name", "res.partner", "name"),
        ("birthPlace", "res.partner", "birth_place"),
        ("regIds { idTypeAsStr }", "g2p.reg.id", "id_type"),
        ("regIds { value }", "g2p.reg.id", "value"),
        ("regIds { expiryDate }", "g2p.reg.id", "expiry_date"),
        ("phoneNumberIds { phoneNo }", "g2p.phone.number", "phone_no"),
        ("phoneNumberIds { disabled }", "g2p.phone.number", "disabled"),
        ("groupMembershipIds { kind { name } }", "g2p.group.membership", "kind"),
        ("groupMembershipIds { kind }", "g2p.group.membership", "kind"),
        ("groupMembershipIds { individual { gender } }", "res.partner", "gender"),
        ("groupMembershipIds { individual { regIds { value } } }", "g2p.reg.id", "value"),
    ],
)
def test_where_a_field_goes(selection, model, field):
    use = only(selection)
    assert (use.model, use.field, use.reason) == (model, field, None)


@pytest.mark.parametrize(
    ("selection", "reason"),
    [
        ("shoeSize", Reason.UNKNOWN),
        ("isCompany", Reason.OURS),
        ("createDate", Reason.DAY_ONLY),
        ("writeDate", Reason.DAY_ONLY),
        ("kind", Reason.GROUP_KIND),
        ("isGroup", Reason.COMPARED),
        ("__typename", Reason.GRAPHQL),
        ("regIds { __typename }", Reason.GRAPHQL),
        ("regIds { status }", Reason.NOT_READ),
        ("phoneNumberIds { phoneSanitized }", Reason.NOT_READ),
        ("groupMembershipIds { createDate }", Reason.NOT_READ),
        ("groupMembershipIds { kind { code } }", Reason.NOT_READ),
        ("district { name }", Reason.NESTED),
        ("groupMembershipIds { individual { shoeSize } }", Reason.UNKNOWN),
        ("groupMembershipIds { individual { district { name } } }", Reason.NESTED),
    ],
)
def test_why_a_field_is_left_out(selection, reason):
    use = only(selection)
    assert (use.model, use.field, use.reason) == ("", "", reason)


def test_members_are_of_no_use_to_an_import_of_individuals():
    found = uses("name groupMembershipIds { individual { name } }", is_group=False)
    assert [use.reason for use in found] == [None, Reason.MEMBERS_OF_A_PERSON]


def test_a_row_of_the_mapping_counts_for_members_too():
    rule = Rule("birth_place", clears=True)
    own, of_member = uses("town groupMembershipIds { individual { town } }", town=rule)
    assert (own.field, own.clears) == (of_member.field, of_member.clears) == ("birth_place", True)


def test_members_come_last_and_lists_after_plain_fields():
    found = uses(f"{IDS} name groupMembershipIds {{ individual {{ name {IDS} }} }} address")
    assert [use.path for use in found][:4] == [
        "address",
        "name",
        "regIds.idTypeAsStr",
        "regIds.value",
    ]
    assert all(use.is_of_member for use in found[4:])


@pytest.mark.parametrize(
    ("selection", "missing"),
    [
        (f"name {IDS}", []),
        (f"familyName {IDS}", []),
        (f"address {IDS}", [Gap.NAME]),
        ("name", [Gap.IDENTIFIERS]),
        ("name regIds { value }", [Gap.IDENTIFIERS]),
        ("name regIds { idTypeAsStr }", [Gap.IDENTIFIERS]),
        (f"name {IDS} groupMembershipIds {{ kind {{ name }} }}", [Gap.PERSONS]),
        (
            f"name {IDS} groupMembershipIds {{ individual {{ birthdate }} }}",
            [Gap.MEMBER_NAMES, Gap.MEMBER_IDENTIFIERS],
        ),
        (
            f"name {IDS} groupMembershipIds {{ individual {{ name }} }}",
            [Gap.MEMBER_IDENTIFIERS],
        ),
        (f"name {IDS} groupMembershipIds {{ individual {{ name {IDS} }} }}", []),
        (
            f"name groupMembershipIds {{ individual {{ name {IDS} }} }}",
            [Gap.IDENTIFIERS],
        ),
    ],
)
def test_what_a_query_leaves_out(selection, missing):
    assert list(gaps(uses(selection))) == missing


def test_members_nobody_uses_lack_nothing():
    found = uses(f"name {IDS} groupMembershipIds {{ kind {{ name }} }}", is_group=False)
    assert not list(gaps(found))
