{
    "name": "MTS Connector",
    "summary": "What is sent to a MOSIP Token Seeder, when, and how the answer comes back",
    "version": "19.0.1.0.0",
    "category": "OpenG2P",
    "author": "OpenSPP Bridge contributors",
    "license": "LGPL-3",
    "depends": ["base", "queue_job", "g2p_secrets"],
    "external_dependencies": {"python": ["jq", "jsonschema"]},
    "data": [
        "security/groups.xml",
        "security/ir.model.access.csv",
        "data/queue_job_function.xml",
        "views/mts_connector_views.xml",
        "views/menus.xml",
    ],
    "application": True,
}
