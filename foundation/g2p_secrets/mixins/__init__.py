from . import secret_mixin
