from . import (
    test_domain,
    test_json_text,
    test_mapping,
    test_selected_fields,
    test_settings,
)
