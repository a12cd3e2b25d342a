from . import (
    gender_type,
    mts_answer,
    mts_connector,
    mts_request,
    mts_request_line,
    mts_vid_gone,
    reg_id,
    res_config_settings,
)
