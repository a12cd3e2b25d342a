from . import controllers, mixins, models, wizards
