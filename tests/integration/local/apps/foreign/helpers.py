"""Lies beside app.py, so it is not packaged."""
