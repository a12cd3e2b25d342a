from . import mts_connector, mts_connector_checks, mts_connector_secrets
