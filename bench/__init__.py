"""Benchmarks. Each runs alone, states the machine, and compares within one run."""
