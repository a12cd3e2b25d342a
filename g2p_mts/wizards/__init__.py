from . import mts_preflight, mts_vid_rule
