{
    "name": "G2P Registry: Membership",
    "summary": "Who belongs to which group, in which role, and since when",
    "version": "19.0.1.0.0",
    "category": "OpenG2P",
    "author": "OpenSPP Bridge contributors",
    "license": "LGPL-3",
    "depends": ["g2p_registry_individual", "g2p_registry_group"],
    "data": [
        "security/ir.model.access.csv",
        "security/rules.xml",
        "data/group_membership_kind.xml",
        "data/ir_cron.xml",
    ],
    "installable": True,
}
