"""Odoo's configuration, as ./dev uses it and docker-compose.yml repeats it."""

import secrets
from dataclasses import dataclass
from pathlib import Path

from . import addons, odoo_package, paths
from .postgres import Server

# Without `rpc` there is neither XML-RPC nor /json/2.
SERVER_WIDE_MODULES = "base,rpc,web,queue_job"
IMPORTER_CHANNEL = "root.g2p_social_registry_importer"
# One page at a time is asked of a registry, while two are written.
CHANNELS = f"root:2,{IMPORTER_CHANNEL}:2,{IMPORTER_CHANNEL}.fetch:1"
NO_CHANNELS = "root:0"
# A page of people is one job, and has to fit into these (seconds, bytes).
LIMITS = {
    "limit_time_cpu": 600,
    "limit_time_real": 1200,
    "limit_memory_soft": 3 << 30,
    "limit_memory_hard": 4 << 30,
}
COMMON = {
    "server_wide_modules": SERVER_WIDE_MODULES,
    "list_db": False,
    "proxy_mode": False,
    **LIMITS,
}


@dataclass(frozen=True)
class Role:
    """What one Odoo process group is for."""

    workers: int
    max_cron_threads: int
    channels: str


# People and jobs are served by processes of their own: a busy import leaves the screens quick.
# Threads, and not workers, for people: workers need a proxy in front of them, or the browser's
# websocket finds nobody.
WEB = Role(workers=0, max_cron_threads=0, channels=NO_CHANNELS)
JOBS = Role(workers=2, max_cron_threads=1, channels=CHANNELS)
# Odoo called by hand: both in one.
BY_HAND = Role(workers=0, max_cron_threads=1, channels=CHANNELS)


def options(server: Server, role: Role, http_port: int, gevent_port: int) -> dict[str, object]:
    """The section [options] of odoo.conf."""
    odoo = odoo_package.find()
    login = {"db_host": server.host, "db_user": server.user, "db_password": server.password}
    return {
        **COMMON,
        "addons_path": ",".join(str(place) for place in [*addons.places(), *odoo.addons]),
        "data_dir": paths.DATA_DIR,
        "admin_passwd": secrets.token_urlsafe(24),
        **{name: value for name, value in login.items() if value},
        "db_port": server.port,
        "http_interface": "127.0.0.1",
        "http_port": http_port,
        "gevent_port": gevent_port,
        "workers": role.workers,
        "max_cron_threads": role.max_cron_threads,
    }


def write(
    name: str, server: Server, role: Role = BY_HAND, http_port: int = 8069, gevent_port: int = 8072
) -> Path:
    """Write the configuration `name`, readable by us only, and return its path."""
    settings = options(server, role, http_port, gevent_port)
    lines = ["[options]", *(f"{key} = {value}" for key, value in settings.items())]
    lines += ["", "[queue_job]", f"channels = {role.channels}", ""]
    paths.CONFIGURATIONS.mkdir(parents=True, exist_ok=True)
    file = paths.CONFIGURATIONS / f"{name}.conf"
    file.touch(mode=0o600)
    file.write_text("\n".join(lines))
    return file
