"""What can be checked about texts without Odoo."""
