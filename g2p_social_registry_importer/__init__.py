from . import flow, meaning, mixins, models, wire, wizards
