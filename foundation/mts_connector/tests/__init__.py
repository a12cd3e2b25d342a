from . import (
    test_checks,
    test_connector,
    test_mapping,
    test_neutralize,
    test_secrets,
    test_security,
)
