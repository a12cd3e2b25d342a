{
    "name": "G2P Registry: Base",
    "summary": "Registrants with IDs, phone numbers, relations, tags and districts",
    "version": "19.0.1.0.0",
    "category": "OpenG2P",
    "author": "OpenSPP Bridge contributors",
    "license": "LGPL-3",
    "depends": ["base", "mail", "contacts"],
    "external_dependencies": {"python": ["phonenumbers"]},
    "data": [
        "security/groups.xml",
        "security/ir.model.access.csv",
        "security/rules.xml",
        "data/ir_config_parameter.xml",
        "views/menus.xml",
    ],
    "installable": True,
}
