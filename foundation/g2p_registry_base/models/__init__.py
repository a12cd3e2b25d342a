from . import (
    district,
    id_type,
    phone_number,
    reg_id,
    reg_rel,
    registrant_tags,
    relationship,
    res_config_settings,
    res_partner,
)
