from . import own_fields, secret_mixin
