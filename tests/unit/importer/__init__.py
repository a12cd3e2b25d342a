"""The importer's wire and meaning, without Odoo."""
