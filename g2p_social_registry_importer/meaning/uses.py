"""What an import makes of each field a query asks for."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from .mapping import NOT_IMPORTED, FieldMapping

MEMBERS = "groupMembershipIds"
PERSON = f"{MEMBERS}.individual"
_PARTNER = "res.partner"
_ID, _PHONE, _MEMBERSHIP = "g2p.reg.id", "g2p.phone.number", "g2p.group.membership"
#: Where the fields of a registrant's lists go: model and field.
_OF_LISTS = {
    "regIds.idTypeAsStr": (_ID, "id_type"),
    "regIds.value": (_ID, "value"),
    "regIds.expiryDate": (_ID, "expiry_date"),
    "phoneNumberIds.phoneNo": (_PHONE, "phone_no"),
    "phoneNumberIds.dateCollected": (_PHONE, "date_collected"),
    "phoneNumberIds.disabled": (_PHONE, "disabled"),
}
_OF_MEMBERS = {
    f"{MEMBERS}.kind": (_MEMBERSHIP, "kind"),
    f"{MEMBERS}.kind.name": (_MEMBERSHIP, "kind"),
}
#: Fields that hold records of their own.
LISTS = ("regIds", "phoneNumberIds", MEMBERS)


class Reason(StrEnum):
    """Why the value of a field is written nowhere."""

    UNKNOWN = "unknown"
    OURS = "ours"
    DAY_ONLY = "day_only"
    GROUP_KIND = "group_kind"
    COMPARED = "compared"
    GRAPHQL = "graphql"
    NOT_READ = "not_read"
    NESTED = "nested"
    MEMBERS_OF_A_PERSON = "members_of_a_person"


@dataclass(frozen=True)
class Use:
    """What becomes of one field.

    :param path: dotted name below the root field
    :param model: where its value is written; empty when it is left out
    :param field: likewise
    :param reason: why it is left out; None when it is written
    :param clears: a null of the source empties the field here
    """

    path: str
    model: str = ""
    field: str = ""
    reason: Reason | None = None
    clears: bool = False

    @property
    def is_of_member(self) -> bool:
        return self.path.startswith(MEMBERS)


class Uses:
    """Says what one import makes of fields.

    :param mapping: field rules and writable fields
    :param known: names of all fields a registrant has here, writable or not
    :param is_group: the target registry of the import
    """

    def __init__(self, mapping: FieldMapping, known: Collection[str], *, is_group: bool):
        self._mapping = mapping
        self._known = known
        self._is_group = is_group

    def of(self, paths: Iterable[str]) -> list[Use]:
        """One use for each field with a value, in the order of their names, members last.

        :param paths: dotted names; those of lists and objects among them are passed over
        """
        paths = set(paths)
        parents = {path.rpartition(".")[0] for path in paths}
        found = [self._use(path) for path in sorted(paths - parents)]
        return sorted(found, key=lambda use: (use.is_of_member, "." in use.path))

    def _use(self, path: str) -> Use:
        if path.split(".", maxsplit=1)[0] == MEMBERS and not self._is_group:
            return Use(path, reason=Reason.MEMBERS_OF_A_PERSON)
        if path in _OF_MEMBERS:
            return Use(path, *_OF_MEMBERS[path])
        if path.startswith(PERSON + "."):
            return replace(self._of_registrant(path.removeprefix(PERSON + ".")), path=path)
        return self._of_registrant(path)

    def _of_registrant(self, path: str) -> Use:
        if path in _OF_LISTS:
            return Use(path, *_OF_LISTS[path])
        if path.endswith("__typename"):
            return Use(path, reason=Reason.GRAPHQL)
        top, _, rest = path.partition(".")
        if top in LISTS:
            return Use(path, reason=Reason.NOT_READ)
        return Use(path, reason=Reason.NESTED) if rest else self._of_plain(path)

    def _of_plain(self, name: str) -> Use:
        if name == "isGroup":
            return Use(name, reason=Reason.COMPARED)
        if name in NOT_IMPORTED:
            reason = Reason.GROUP_KIND if name == "kind" else Reason.DAY_ONLY
            return Use(name, reason=reason)
        rule = self._mapping.rule_for(name)
        if self._mapping.target_for(name):
            return Use(name, _PARTNER, rule.field, clears=rule.clears)
        return Use(name, reason=Reason.OURS if rule.field in self._known else Reason.UNKNOWN)


class Gap(StrEnum):
    """What a query does not ask for, although an import cannot do well without it."""

    NAME = "name"
    IDENTIFIERS = "identifiers"
    PERSONS = "persons"
    MEMBER_NAMES = "member_names"
    MEMBER_IDENTIFIERS = "member_identifiers"


def gaps(uses: Iterable[Use]) -> Iterator[Gap]:
    """What is missing among these uses, the worst first."""
    own = [use for use in uses if not use.is_of_member]
    of_members = [use for use in uses if use.is_of_member and not _is_useless(use)]
    if not _names(own):
        yield Gap.NAME
    if not _identifies(own):
        yield Gap.IDENTIFIERS
    if not of_members:
        return
    persons = [use for use in of_members if use.path.startswith(PERSON + ".")]
    if not persons:
        yield Gap.PERSONS
        return
    if not _names(persons):
        yield Gap.MEMBER_NAMES
    if not _identifies(persons):
        yield Gap.MEMBER_IDENTIFIERS


def _is_useless(use: Use) -> bool:
    return use.reason is Reason.MEMBERS_OF_A_PERSON


def _names(uses: Iterable[Use]) -> bool:
    """Whether these give a registrant a name, as :mod:`reading` composes it."""
    written = {use.field for use in uses if use.model == _PARTNER}
    return bool(written & {"name", "given_name", "family_name", "addl_name"})


def _identifies(uses: Iterable[Use]) -> bool:
    return {use.field for use in uses if use.model == _ID} >= {"id_type", "value"}
