from . import mts_connector, mts_connector_checks, res_config_settings
