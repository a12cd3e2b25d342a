from . import resolve_import_issue
