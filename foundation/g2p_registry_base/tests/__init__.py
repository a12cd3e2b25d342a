from . import (
    test_batches,
    test_disable,
    test_id_type,
    test_merge,
    test_phone_number,
    test_reg_id,
    test_reg_rel,
    test_registrant,
    test_security,
    test_settings,
)
