"""The pieces of ``benchmarks/mts.py``; all but `table` run inside an Odoo process of their own."""

#: People per batch: the most that a connector in the field gives an MTS at a time.
BATCH = 1000
#: Answers that are taken in.
ANSWERS = 10_000
