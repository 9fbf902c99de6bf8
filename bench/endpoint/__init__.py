"""A simulated ``@connections`` endpoint that delays, refuses, breaks and throttles as its rules say."""

from bench.endpoint.process import EndpointProcess
from bench.endpoint.rules import Rules
from bench.endpoint.server import Endpoint, Request

__all__ = ["Endpoint", "EndpointProcess", "Request", "Rules"]
