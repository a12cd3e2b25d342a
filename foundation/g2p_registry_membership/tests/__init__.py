from . import (
    test_batches,
    test_group,
    test_membership,
    test_membership_kind,
    test_merge,
    test_security,
    test_unique_kind,
)
