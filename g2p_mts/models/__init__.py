from . import (
    gender_type,
    mts_answer,
    mts_connector,
    mts_request,
    mts_request_line,
    res_config_settings,
)
