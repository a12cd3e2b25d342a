from . import mts_preflight
