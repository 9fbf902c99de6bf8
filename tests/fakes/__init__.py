"""Fakes that implement the ports in memory; one contract suite runs on them and on real emulators."""
