"""The pieces of ``benchmarks/import.py``."""
