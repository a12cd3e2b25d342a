{
    "name": "G2P Registry: Groups",
    "summary": "Households, families and other groups in the registry",
    "version": "19.0.1.0.0",
    "category": "OpenG2P",
    "author": "OpenSPP Bridge contributors",
    "license": "LGPL-3",
    "depends": ["base", "mail", "contacts", "g2p_registry_base"],
    "data": [
        "security/ir.model.access.csv",
        "data/group_kind.xml",
        "views/group_views.xml",
        "views/group_kind_views.xml",
    ],
    "demo": ["demo/demo.xml"],
}
