"""Fakes that implement the ports in memory; the contract suite runs on them and on real DynamoDB emulators."""
