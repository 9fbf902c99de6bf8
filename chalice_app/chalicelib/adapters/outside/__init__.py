"""Requests to addresses that people name: where they may go."""
