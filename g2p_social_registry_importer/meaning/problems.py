"""What can be wrong with one record, as codes that people and programs can rely on."""

from dataclasses import dataclass, replace
from enum import StrEnum


class Code(StrEnum):
    """Why a record was not imported as it stood. The value is stored; never rename one."""

    REFUSED_AT_SOURCE = "refused_at_source"
    NOT_A_RECORD = "not_a_record"
    OTHER_TARGET = "other_target"
    NAME_MISSING = "name_missing"
    NO_IDENTIFIER = "no_identifier"
    INVALID_VALUE = "invalid_value"
    INCOMPLETE_IDENTIFIER = "incomplete_identifier"
    SECOND_IDENTIFIER = "second_identifier"
    UNKNOWN_IDENTIFIER_TYPE = "unknown_identifier_type"
    MEMBER_WITHOUT_INDIVIDUAL = "member_without_individual"
    MEMBER_UNUSABLE = "member_unusable"
    MEMBER_AMBIGUOUS = "member_ambiguous"
    UNKNOWN_MEMBER_KIND = "unknown_member_kind"
    UNIQUE_KIND_TWICE = "unique_kind_twice"
    SEVERAL_REGISTRANTS = "several_registrants"
    INVALID_IDENTIFIER = "invalid_identifier"
    SEVERAL_RECORDS = "several_records"
    SENT_TWICE = "sent_twice"
    OTHER_KIND = "other_kind"
    OTHER_COMPANY = "other_company"
    TWICE_WITHOUT_IDENTIFIER = "twice_without_identifier"
    SEVERAL_HOUSEHOLDS = "several_households"
    HELD_ELSEWHERE = "held_elsewhere"
    IGNORED = "ignored"
    CHANGED_SINCE = "changed_since"
    IN_USE_SINCE = "in_use_since"
    UNDO_REJECTED = "undo_rejected"
    REJECTED = "rejected"
    ENROLMENT_REFUSED = "enrolment_refused"
    ARCHIVED_HERE = "archived_here"


#: Problems of a list kept here and not of one record: told once for a page, with their number.
OF_THE_LISTS = frozenset({Code.UNKNOWN_IDENTIFIER_TYPE, Code.UNKNOWN_MEMBER_KIND})

#: Problems told in the words of the registry, of a rule here or of a programme: these may quote
#: the record, so they are not kept for ever.
QUOTED = frozenset({Code.REFUSED_AT_SOURCE, Code.REJECTED, Code.ENROLMENT_REFUSED})

#: Problems of imported records after which a run is not done: a person of the source is not here.
BLOCKING = frozenset(
    {
        Code.ENROLMENT_REFUSED,
        Code.INVALID_IDENTIFIER,
        Code.MEMBER_AMBIGUOUS,
        Code.MEMBER_UNUSABLE,
        Code.OTHER_COMPANY,
        Code.OTHER_KIND,
        Code.SENT_TWICE,
        Code.SEVERAL_RECORDS,
        Code.SEVERAL_REGISTRANTS,
    }
)


@dataclass(frozen=True)
class Problem:
    """One thing that could not be imported as it stood; the rest of its record goes on.

    :param field: path in the wire record, e.g. ``regIds[1].expiryDate``; empty for the whole
    :param reason: words for the operator; quotes no value of the record
    :param subject: hash that stands for the registrant a decision would be about, see
        :mod:`flow.decisions`; empty when there is nothing to decide
    :param candidates: ids of the registrants that may be meant
    """

    code: Code
    field: str
    reason: str
    subject: str = ""
    candidates: tuple[int, ...] = ()

    def under(self, prefix: str) -> "Problem":
        """The same problem, seen from the record that contains this one."""
        return replace(self, field=f"{prefix}.{self.field}" if self.field else prefix)


class RecordError(Exception):
    """The whole record cannot be used.

    :param problem: why
    """

    def __init__(self, problem: Problem):
        super().__init__(problem.reason)
        self.problem = problem
