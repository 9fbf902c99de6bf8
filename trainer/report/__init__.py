"""A model's report: one HTML page with pictures, complete in itself."""

from .page import build

__all__ = ["build"]
