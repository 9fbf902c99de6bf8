"""Fan-out of frames over API Gateway's ``@connections``: one HTTPS call for each frame and connection."""

from chalicelib.adapters.poster.contract import FanOut, PostReport, Progress
from chalicelib.adapters.poster.poster import Poster

__all__ = ["FanOut", "PostReport", "Poster", "Progress"]
