from . import (
    connector_answers,
    connector_following,
    connector_odk,
    connector_schedule,
    connector_secrets,
    connector_transport,
    connector_work,
)
