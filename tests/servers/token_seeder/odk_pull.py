"""How MTS takes submissions from an ODK Central: a session, then OData."""

from typing import Any

import requests

from .errors import MTSError
from .shapes import OdkConfig


def pull(config: OdkConfig) -> list[dict[str, Any]]:
    """Return the submissions. Raises MTSError (400) for none, or what the transport raises."""
    with requests.Session() as session:
        session.trust_env = False
        version = f"{config.baseurl.rstrip('/')}/{config.version}"
        login = {"email": config.email, "password": config.password}
        token = session.post(f"{version}/sessions", json=login).json()["token"]
        answer = session.get(
            _address(config, version),
            params=_filter(config),
            headers={"Authorization": f"Bearer {token}"},
        )
    rows = answer.json()["value"]
    if not rows:
        raise MTSError("ATS-REQ-23")
    return rows


def _address(config: OdkConfig, version: str) -> str:
    form = config.odataurl or f"{version}/projects/{config.projectid}/forms/{config.formid}.svc"
    return f"{form.rstrip('/').removesuffix('/Submissions')}/Submissions"


def _filter(config: OdkConfig) -> dict[str, str]:
    if not (config.startdate and config.enddate):
        return {}
    moment = "__system/submissionDate"
    window = f"{moment} ge {config.startdate} and {moment} lt {config.enddate}"
    return {"$filter": window}
