"""The virtual environment: fixed versions of everything, and a path to Odoo."""

import shlex
import shutil
import sys
from pathlib import Path

from . import paths, stamps
from .failure import Failure
from .odoo_package import Odoo
from .processes import CommandFailed, run
from .progress import step

UV = "uv==0.13.8"
REQUIREMENTS = [
    paths.ROOT / "requirements.txt",
    paths.ROOT / "devkit" / "requirements-odoo.txt",
    paths.ROOT / "devkit" / "requirements-dev.txt",
]
# A script and not `python -m odoo`: Odoo's workers start the same script again.
ODOO_SCRIPT = "#!{python}\nimport odoo.cli\n\nodoo.cli.main()\n"


def is_active() -> bool:
    """Whether this very process runs in the environment."""
    return Path(sys.prefix) == paths.VENV


def prepare(odoo: Odoo) -> None:
    """Make the environment and let it see `odoo`, unless that is done."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    wanted = stamps.digest(version, UV, str(paths.ROOT), *REQUIREMENTS)
    if not stamps.is_done("venv", wanted) or not paths.VENV_PYTHON.exists():
        _make()
        _install()
        stamps.mark_done("venv", wanted)
    _point_to(odoo)


def _make() -> None:
    shutil.rmtree(paths.VENV, ignore_errors=True)
    try:
        # Debian splits ensurepip off; uv needs no pip inside.
        run([sys.executable, "-m", "venv", "--without-pip", paths.VENV])
        _fetch_uv()
    except CommandFailed as error:
        raise Failure(
            "The virtual environment could not be made.",
            "Check the network, and that pip is there (apt install python3-pip); then try again.",
            error.output,
        ) from error


def _fetch_uv() -> None:
    if not stamps.is_done("uv", UV):
        with step("Python: fetching uv"):
            pip = [sys.executable, "-m", "pip", "install", "-q", "--upgrade"]
            run([*pip, "--target", paths.UV, UV])
        stamps.mark_done("uv", UV)


def _install() -> None:
    files = [word for file in REQUIREMENTS for word in ("-r", str(file))]
    command = [paths.UV / "bin" / "uv", "pip", "install", "--python", paths.VENV_PYTHON]
    settings = {"UV_CACHE_DIR": str(paths.UV_CACHE), "UV_SYSTEM_CERTS": "1"}
    try:
        with step("Python: installing what Odoo and the addons need"):
            # Nothing is resolved: the files name every package. One of them asks for
            # psycopg2, which psycopg2-binary stands in for.
            run([*command, "--no-deps", "-q", *pip_indexes(), *files], env=settings)
    except CommandFailed as error:
        raise Failure(
            "Python packages could not be installed.",
            "Check the network, the disk, and the index in `pip config list`; then try again.",
            error.output,
        ) from error


def pip_indexes() -> list[str]:
    """Options for uv that make it ask where this machine's pip would ask."""
    try:
        listed = run([sys.executable, "-m", "pip", "config", "list"])
    except CommandFailed:
        return []
    return index_options(listed)


def index_options(listed: str) -> list[str]:
    """Options for uv from the output of `pip config list` (`global.index-url='https://…'`)."""
    found: dict[str, str] = {}
    for line in listed.splitlines():
        name, _, value = line.partition("=")
        found[name.rpartition(".")[2]] = "".join(shlex.split(value))
    options = [f"--{name}={found[name]}" for name in ("index-url",) if name in found]
    for name in ("extra-index-url", "find-links"):
        options += [f"--{name}={p}" for p in found.get(name, "").split() if _is_there(p)]
    # pip takes the best version of any index, uv otherwise that of the first that has one.
    return [*options, "--index-strategy=unsafe-best-match"] if options else []


def _is_there(place: str) -> bool:
    """pip passes over folders that do not exist; uv stops at them."""
    local = place.removeprefix("file://")
    return "://" in local or Path(local).exists()


def _point_to(odoo: Odoo) -> None:
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    packages = paths.VENV / "lib" / version / "site-packages"
    _write(packages / "odoo-19.pth", f"{odoo.library}\n")
    _write(paths.ODOO_COMMAND, ODOO_SCRIPT.format(python=paths.VENV_PYTHON))
    paths.ODOO_COMMAND.chmod(0o755)


def _write(file: Path, text: str) -> None:
    if not file.exists() or file.read_text() != text:
        file.write_text(text)
