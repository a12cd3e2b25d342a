from . import (
    mts_answers,
    mts_approval,
    mts_disclosure,
    mts_preflight,
    mts_search_domain,
    mts_selection,
    mts_sending,
    vid_deletion_consent,
    vid_deletion_signing,
    vid_deletion_work,
    vid_memory,
    vid_promise,
)
