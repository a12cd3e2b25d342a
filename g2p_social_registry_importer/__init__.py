from . import flow, meaning, models, wire
