"""What runs inside an Odoo process of its own: records created without the importer.

Each process is given every n-th page of an import's people, prepares the values, says "ready",
and begins when told to.
"""

#: How many people a record-at-a-time importer is given: they tell its rate.
NAIVE_PEOPLE = 400
