from . import (
    test_changed_identifiers,
    test_changed_members,
    test_changed_phones,
    test_changed_values,
    test_conflicts,
    test_first_import,
    test_isolation,
    test_members_without_identifier,
    test_program,
    test_records_without_identifier,
    test_second_import,
)
