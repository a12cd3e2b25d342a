from . import group_membership, group_membership_kind, res_partner
