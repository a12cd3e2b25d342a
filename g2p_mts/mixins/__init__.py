from . import (
    mts_answers,
    mts_approval,
    mts_disclosure,
    mts_preflight,
    mts_search_domain,
    mts_selection,
    mts_sending,
)
