"""Peers that the addons talk to, as sample servers for tests, benchmarks and demos."""
