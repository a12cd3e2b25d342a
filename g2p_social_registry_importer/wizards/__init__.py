from . import partner_merge, pick_query, pick_query_filter, preview_import, resolve_import_issue
