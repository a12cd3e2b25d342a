from . import unique_name
