from . import assign_program_wizard, partner_merge
