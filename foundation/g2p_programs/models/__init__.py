from . import g2p_program, g2p_program_enrolment, g2p_program_membership, res_partner
