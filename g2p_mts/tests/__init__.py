from . import (
    test_callback,
    test_defects_of_17,
    test_disclosure,
    test_domain,
    test_intake,
    test_json_text,
    test_loop,
    test_mapping,
    test_preflight,
    test_recovery,
    test_selected_fields,
    test_settings,
)
