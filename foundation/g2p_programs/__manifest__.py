{
    "name": "G2P Programs",
    "summary": "Social protection programmes and who takes part in them",
    "version": "19.0.1.0.0",
    "category": "OpenG2P",
    "author": "OpenSPP Bridge contributors",
    "license": "LGPL-3",
    "depends": [
        "mail",
        "g2p_registry_individual",
        "g2p_registry_group",
        "g2p_registry_membership",
    ],
    "data": [
        "security/groups.xml",
        "security/ir.model.access.csv",
        "security/rules.xml",
    ],
    "application": True,
    "installable": True,
}
