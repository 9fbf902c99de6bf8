"""Undertone: a chat that reads the room."""

__version__ = "0.1.0"
