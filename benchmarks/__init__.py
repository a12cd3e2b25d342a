"""One script per question. Each prints a table; none is a test."""
