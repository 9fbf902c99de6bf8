"""Fan-out of frames over API Gateway's ``@connections``: one HTTPS call for each frame and connection."""

from chalicelib.adapters.poster.poster import Poster
from chalicelib.adapters.poster.report import PostReport, Progress

__all__ = ["PostReport", "Poster", "Progress"]
