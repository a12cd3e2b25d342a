from . import mixins
