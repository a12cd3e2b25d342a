"""The pieces of ``benchmarks/vid.py``."""
