from . import (
    test_enrolment,
    test_membership,
    test_merge,
    test_program,
    test_registrant,
    test_security,
    test_wizard,
)
