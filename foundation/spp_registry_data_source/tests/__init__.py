from . import test_data_source, test_key_value, test_urls
