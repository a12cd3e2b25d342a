"""What runs inside an Odoo process of its own.

Each process is started on a database, says "ready", begins when told to, and prints what it took
as JSON. ``prepare`` alone begins by itself.
"""

#: VIDs in a transaction, whoever deletes them: what a clean-up takes if nothing else is set.
BATCH = 20000
