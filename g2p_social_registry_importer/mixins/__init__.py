from . import (
    data_source_checkup,
    import_counts,
    import_run_lifecycle,
    import_run_preparation,
    import_run_undo,
    import_schedule,
    import_sync,
)
