from . import connector_secrets, mts_connector, mts_connector_checks
