from . import g2p_mts_selection, mts_connector, res_config_settings
