{
    "name": "G2P Registry: Individuals",
    "summary": "People in the registry: names, birth, gender",
    "version": "19.0.1.0.0",
    "category": "OpenG2P",
    "author": "OpenSPP Bridge contributors",
    "license": "LGPL-3",
    "depends": ["base", "mail", "contacts", "g2p_registry_base"],
    "data": [
        "security/ir.model.access.csv",
        "data/gender_type.xml",
        "views/individual_views.xml",
        "views/gender_type_views.xml",
    ],
    "demo": ["demo/demo.xml"],
}
