"""What runs inside an Odoo process of its own.

Each process is started on a database, says "ready", begins when told to, and prints what it took
as JSON. ``prepare`` alone begins by itself.
"""
