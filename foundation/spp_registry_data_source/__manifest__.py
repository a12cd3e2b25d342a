{
    "name": "Registry Data Source",
    "summary": "Where an outside registry is found: address, paths, parameters and field names",
    "version": "19.0.1.0.0",
    "category": "OpenG2P",
    "author": "OpenSPP Bridge contributors",
    "license": "LGPL-3",
    "depends": ["base"],
    "data": [
        "security/ir.model.access.csv",
        "views/spp_data_source_views.xml",
        "views/menus.xml",
    ],
}
