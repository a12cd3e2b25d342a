from . import disable_registrant, partner_merge
