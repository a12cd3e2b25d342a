from . import (
    gender_type,
    mts_answer,
    mts_answer_failure,
    mts_connector,
    mts_connector_checks,
    mts_request,
    mts_request_failure,
    mts_request_line,
    mts_vid_gone,
    reg_id,
    res_config_settings,
)
