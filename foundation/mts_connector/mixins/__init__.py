from . import connector_answers, connector_odk, connector_work
