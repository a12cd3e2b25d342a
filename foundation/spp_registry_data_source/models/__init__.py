from . import (
    key_value_mixin,
    spp_data_source,
    spp_data_source_field_mapping,
    spp_data_source_parameter,
    spp_data_source_path,
)
