"""Where things lie. Everything downloaded or written is below `STATE`, which git ignores."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STATE = ROOT / ".dev"

APT = STATE / "apt"
ODOO_PACKAGE = STATE / "odoo"
UV = STATE / "uv"
UV_CACHE = STATE / "uv-cache"
VENV = STATE / "venv"
VENV_PYTHON = VENV / "bin" / "python"
ODOO_COMMAND = VENV / "bin" / "odoo"
CLUSTER = STATE / "postgres"
DATA_DIR = STATE / "data"
CONFIGURATIONS = STATE / "conf"
STAMPS = STATE / "stamps"
LOCKS = STATE / "locks"
LOGS = STATE / "logs"
FAILURES = STATE / "failures"


def log_file(name: str) -> Path:
    """Path of a log below `LOGS`, whose folder exists afterwards."""
    LOGS.mkdir(parents=True, exist_ok=True)
    return LOGS / f"{name}.log"
