from . import mts_connector, mts_connector_checks
