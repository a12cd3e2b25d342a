from . import (
    test_checks,
    test_connector,
    test_defects_of_17,
    test_following,
    test_mapping,
    test_neutralize,
    test_odk_pull,
    test_own_fields,
    test_secrets,
    test_security,
    test_work,
)
