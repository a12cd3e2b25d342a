"""All registrants, by number and by test handle; every alteration moves `version` on."""

from collections.abc import Collection
from datetime import datetime
from threading import RLock
from typing import Any

from .records import (
    FIELDS,
    FLAGS,
    PLAIN_FIELDS,
    STAMPS,
    Membership,
    Registrant,
    empty_wire,
    group_kind,
    member_kind,
    newest_first,
    parse_moment,
    phone,
    reg_id,
    utc_now,
)

Record = dict[str, Any]


class Store:
    """Registrants in order of creation. Hold `lock` while reading or altering several."""

    def __init__(self) -> None:
        self.lock = RLock()
        self.version = 0
        self.by_key: dict[str, Registrant] = {}
        self.last_id = 0

    def __iter__(self):
        return iter(self.by_key.values())

    def __len__(self) -> int:
        return len(self.by_key)

    def clear(self) -> None:
        """Remove everybody; numbers start again at 1."""
        with self.lock:
            self.by_key.clear()
            self.last_id = 0
            self.version += 1

    def put(self, records: list[Record]) -> None:
        """Insert new keys and update known ones; absent fields keep their value.

        `records` are explicit records (see README). Raises ValueError, and stores nothing, for
        an unknown field, a missing key or a member nobody knows.
        """
        with self.lock:
            check_records(records, self.by_key.keys())
            self._put(records, utc_now())

    def replace(self, records: list[Record]) -> None:
        """Have `records` and nobody else. Raises ValueError, and changes nothing, as `put`."""
        with self.lock:
            check_records(records, ())
            self.clear()
            self._put(records, utc_now())

    def remove(self, key: str) -> None:
        """Delete one registrant and the membership rows about it. Raises KeyError."""
        with self.lock:
            registrant = self.by_key.pop(key)
            for group in registrant.groups:
                group.members = [row for row in group.members if row.person is not registrant]
                group.list_members()
            self._unlink(registrant)
            self.version += 1

    def add_member(
        self, group: Registrant, person: Registrant, kinds: list[str], moment: datetime
    ) -> None:
        """Give `person` a new membership row in `group`, created at `moment` (naive UTC)."""
        self._append(group, {"individual": person.key, "kinds": kinds}, moment)
        group.list_members()

    def drop_member(self, group: Registrant, person: Registrant) -> None:
        """Take the membership row of `person` out of `group`."""
        group.members = [row for row in group.members if row.person is not person]
        group.list_members()
        person.groups.discard(group)

    def _put(self, records: list[Record], moment: datetime) -> None:
        self.version += 1
        touched = [(self._put_one(record, moment), record) for record in records]
        for registrant, record in touched:
            if "members" in record:
                self._link(registrant, record["members"], registrant.write_date)

    def _put_one(self, record: Record, moment: datetime) -> Registrant:
        registrant = self.by_key.get(record["key"]) or self._new(record["key"], moment)
        for name in record.keys() & PLAIN_FIELDS.keys():
            registrant.wire[PLAIN_FIELDS[name]] = record[name] or None
        for name in record.keys() & FLAGS.keys():
            registrant.wire[FLAGS[name]] = bool(record[name])
        apply_details(registrant, record)
        registrant.touch(moment)
        apply_stamps(registrant, record)
        return registrant

    def _new(self, key: str, moment: datetime) -> Registrant:
        self.last_id += 1
        wire = empty_wire() | {"createDate": moment.date().isoformat()}
        self.by_key[key] = Registrant(self.last_id, key, wire, moment, moment)
        return self.by_key[key]

    def _link(self, group: Registrant, rows: list[Record], moment: datetime) -> None:
        self._unlink(group)
        for row in rows:
            self._append(group, row, moment)
        group.list_members()

    def _unlink(self, group: Registrant) -> None:
        for row in group.members:
            if row.person:
                row.person.groups.discard(group)
        group.members = []

    def _append(self, group: Registrant, row: Record, moment: datetime) -> None:
        kinds = row.get("kinds") or []
        person = self.by_key.get(row.get("individual"))
        wire = {
            "individual": person and person.wire,
            "kind": member_kind(kinds),
            "createDate": moment.date().isoformat(),
            "writeDate": moment.date().isoformat(),
        }
        group.members.append(Membership(person, kinds, wire, row.get("ended_date")))
        if person:
            person.groups.add(group)


def check_records(records: list[Record], known: Collection[str]) -> None:
    """Refuse, with ValueError, missing keys, unknown fields, bad times and unknown members."""
    for record in records:
        check_fields(record)
    keys = {record["key"] for record in records}
    for record in records:
        for row in record.get("members", ()):
            person = row.get("individual")
            if person is not None and person not in keys and person not in known:
                raise ValueError(f"member {person!r} of {record['key']!r} is not a registrant")


def check_fields(record: Record) -> None:
    """Refuse, with ValueError, one record without key, or with an unknown field or bad time."""
    if not isinstance(record, dict) or not isinstance(record.get("key"), str):
        raise ValueError("every record needs a text 'key'")
    if unknown := record.keys() - FIELDS:
        raise ValueError(f"unknown fields in {record['key']!r}: {', '.join(sorted(unknown))}")
    for name in STAMPS.keys() & record.keys():
        parse_moment(record[name] or "2000-01-01")


def apply_details(registrant: Registrant, record: Record) -> None:
    """Take over kind, state, identifiers and phones, as far as `record` has them."""
    if "kind" in record:
        registrant.kind = record["kind"]
        registrant.wire["kind"] = group_kind(record["kind"])
    if "reg_ids" in record:
        registrant.wire["regIds"] = newest_first(map(reg_id, record["reg_ids"]))
    if "phones" in record:
        registrant.wire["phoneNumberIds"] = newest_first(map(phone, record["phones"]))
    registrant.active = bool(record.get("active", registrant.active))
    registrant.disabled = record.get("disabled", registrant.disabled)


def apply_stamps(registrant: Registrant, record: Record) -> None:
    """Take over creation and change times, as far as `record` has them."""
    for name in STAMPS.keys() & record.keys():
        if record[name]:
            moment = parse_moment(record[name])
            setattr(registrant, name, moment)
            registrant.wire[STAMPS[name]] = moment.date().isoformat()
