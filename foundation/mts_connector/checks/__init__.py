"""What can be checked about a connector without Odoo."""
