"""Talking to a MOSIP Token Seeder (MTS) 1.1; knows nothing of Odoo."""
