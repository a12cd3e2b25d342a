"""What is sent to an MTS and what its answers mean; knows nothing of Odoo."""
