from . import import_counts, import_run_lifecycle, import_schedule
