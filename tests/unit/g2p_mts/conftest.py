"""The framework-free package `meaning` of the addon, known as `mts_meaning`."""

import importlib.util
import sys

from hypothesis import settings

from devkit.paths import ROOT

MEANING = ROOT / "g2p_mts" / "meaning"

settings.register_profile("g2p_mts", derandomize=True, database=None, deadline=None)
settings.load_profile("g2p_mts")


def _load_meaning():
    """The addon around it needs Odoo."""
    spec = importlib.util.spec_from_file_location(
        "mts_meaning", MEANING / "__init__.py", submodule_search_locations=[str(MEANING)]
    )
    sys.modules["mts_meaning"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(sys.modules["mts_meaning"])


_load_meaning()
