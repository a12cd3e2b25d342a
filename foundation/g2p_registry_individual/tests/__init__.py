from . import test_gender, test_individual
