"""Explicit registrants for the sample Social Registry, in the form its README documents."""

NATIONAL = "Test National ID"
CARD = "Test Household Card"


def person(key, name, national=None, **fields):
    """A person.

    :param key: handle to change the person later; never leaves the sample registry
    :param national: value of the national ID; without one the person has no identifier
    :param fields: further fields of the record, e.g. ``birthdate``, ``phones``, ``reg_ids``
    """
    ids = [identifier(NATIONAL, national)] if national else []
    return {"key": key, "is_group": False, "name": name, "reg_ids": ids, **fields}


def household(key, name, card=None, members=(), **fields):
    """A household.

    :param card: value of the household card; without one the household has no identifier
    :param members: keys of people, or pairs of key and kind
    """
    ids = [identifier(CARD, card)] if card else []
    rows = [place(*member) if isinstance(member, tuple) else place(member) for member in members]
    return {
        "key": key,
        "is_group": True,
        "name": name,
        "reg_ids": ids,
        "members": rows,
        **fields,
    }


def place(key, *kinds):
    """A member of a household; the key None is a place without a person."""
    return {"individual": key, "kinds": list(kinds)}


def identifier(id_type, value, expiry_date=None):
    """An ID; the date as ``YYYY-MM-DD``."""
    return {"id_type": id_type, "value": value, "expiry_date": expiry_date}


def phone(number, **fields):
    """A phone number; ``disabled`` and ``date_collected`` as ``YYYY-MM-DD``."""
    return {"phone_no": number, **fields}


def families(number, size=4, start=0):
    """Households with cards ``C-<n>`` and people with national IDs ``N-<n>-<m>``, heads first."""
    records = []
    for n in range(start, start + number):
        people = [
            person(f"p{n}-{m}", f"OTIENO, AMARA {n} {m}", f"N-{n}-{m}", birthdate="1990-05-01")
            for m in range(size)
        ]
        members = [(one["key"], "Head") if i == 0 else one["key"] for i, one in enumerate(people)]
        records += [*people, household(f"h{n}", f"Household {n}", f"C-{n}", members)]
    return records
