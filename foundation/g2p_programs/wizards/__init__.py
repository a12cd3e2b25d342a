from . import assign_program_wizard
