{
    "name": "G2P MTS",
    "summary": "Chosen fields of chosen registrants for a MOSIP Token Seeder",
    "version": "19.0.1.0.0",
    "category": "OpenG2P",
    "author": "OpenSPP Bridge contributors",
    "license": "LGPL-3",
    "depends": ["mts_connector", "g2p_registry_base", "g2p_registry_individual"],
    "data": [
        "security/ir.model.access.csv",
        "views/mts_connector_views.xml",
        "views/res_config_settings_views.xml",
        "views/menus.xml",
    ],
}
