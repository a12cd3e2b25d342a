"""Who may do what: reads ``access_table.csv``, where it is written down.

A row is a model, or a public method of a model as ``model.method()``. A cell holds letters:
r reads, w writes, c creates, d deletes; for a method x: may call. A dash is nothing at all.
"""

import csv
from pathlib import Path

FILE = Path(__file__).with_name("access_table.csv")
OPERATIONS = {"r": "read", "w": "write", "c": "create", "d": "unlink"}
CALL = "x"
NOTHING = "-"

#: Column → the group that a user of this role is given; None: Odoo's public user.
ROLES = {
    "public": None,
    "portal": "base.group_portal",
    "employee": "base.group_user",
    "registrar": "g2p_registry_base.group_g2p_registrar",
    "registry admin": "g2p_registry_base.group_g2p_admin",
    "validator": "g2p_programs.g2p_program_validator",
    "cycle approver": "g2p_programs.g2p_program_cycle_approver",
    "programme manager": "g2p_programs.g2p_program_manager",
    "finance": "g2p_programs.g2p_finance_validator",
    "import operator": "g2p_social_registry_importer.group_import_operator",
    "import manager": "g2p_social_registry_importer.group_import_manager",
    "import officer": "g2p_social_registry_importer.group_import_officer",
    "mts operator": "mts_connector.group_mts_operator",
    "mts manager": "mts_connector.group_mts_manager",
    "mts officer": "g2p_mts.group_mts_officer",
    "mts receiver": "g2p_mts.group_mts_receiver",
}


def read():
    """``{(addon, row): {role: letters}}`` as written down."""
    with FILE.open(newline="") as lines:
        rows = list(csv.DictReader(lines))
    return {(row.pop("addon"), row.pop("what")): row for row in rows}


def write(rows, path):
    """Store ``{(addon, row): {role: letters}}`` in the form of the table.

    To be compared with the table by a person: what was found need not be what should be.
    """
    with path.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["addon", "what", *ROLES])
        writer.writerows([*row, *cells.values()] for row, cells in rows.items())


def as_markdown(rows):
    """The table for people.

    :param rows: ``{(addon, row): {role: letters}}``
    """
    lines = [["", *ROLES], ["---"] * (len(ROLES) + 1)]
    lines += [[what, *cells.values()] for (_addon, what), cells in rows.items()]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
