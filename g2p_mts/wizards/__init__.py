from . import (
    mts_preflight,
    mts_vid_overview,
    mts_vid_overview_age,
    mts_vid_overview_day,
    mts_vid_rule,
    partner_merge,
)
