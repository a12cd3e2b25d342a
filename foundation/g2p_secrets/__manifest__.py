{
    "name": "Secrets",
    "summary": "Passwords and keys that go in and never come out",
    "version": "19.0.1.0.0",
    "category": "Hidden/Tools",
    "author": "OpenSPP Bridge contributors",
    "license": "LGPL-3",
    "depends": ["base"],
}
