from . import (
    fetch_social_registry_beneficiary,
    import_decision,
    import_issue,
    import_page,
    import_run,
    imported_registrants,
    phone_number,
    reg_id,
    res_partner,
    spp_data_source,
    spp_data_source_field_mapping,
)
