"""What a check-up finds out about a registry."""

from dataclasses import dataclass
from enum import StrEnum


class Finding(StrEnum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"

    @classmethod
    def of(cls, it_is_so: bool | None) -> "Finding":
        """The finding; None stands for what could not be seen."""
        return {True: cls.YES, False: cls.NO, None: cls.UNKNOWN}[it_is_so]


@dataclass(frozen=True)
class CheckUp:
    """What is known of a registry.

    :param total_is_total: the total is the number of all rows, not of those on the page
    :param obeys_filter: the changed-since filter keeps those away who are older
    :param sees_new: who was created since comes through it
    :param sees_updates: who was only changed since does, too
    :param sees_member_updates: a household of which only a member was changed does, too
    :param shows_clock: its answers carry a time, and the time moves on
    :param clock_skew: seconds its clock is ahead of ours; None when it shows none
    :param schema: in GraphQL's own language; None when it does not show it
    :param refusal: its words when it declined a question, or nothing
    """

    obeys_limit: Finding = Finding.UNKNOWN
    obeys_offset: Finding = Finding.UNKNOWN
    obeys_order: Finding = Finding.UNKNOWN
    total_is_total: Finding = Finding.UNKNOWN
    obeys_filter: Finding = Finding.UNKNOWN
    sees_new: Finding = Finding.UNKNOWN
    sees_updates: Finding = Finding.UNKNOWN
    sees_member_updates: Finding = Finding.UNKNOWN
    shows_clock: Finding = Finding.UNKNOWN
    clock_skew: float | None = None
    schema: str | None = None
    refusal: str = ""
