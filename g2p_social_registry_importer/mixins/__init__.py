from . import (
    data_source_authentication,
    data_source_checkup,
    data_source_protocol,
    data_source_security,
    data_source_trial,
    import_counts,
    import_page_fetching,
    import_run_lifecycle,
    import_run_preparation,
    import_run_undo,
    import_schedule,
    import_sync,
)
