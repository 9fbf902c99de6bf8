"""A simulated ``@connections`` endpoint: answers late, refuses, breaks and throttles as it is told."""

from bench.endpoint.process import EndpointProcess
from bench.endpoint.rules import Rules
from bench.endpoint.server import Endpoint, Request

__all__ = ["Endpoint", "EndpointProcess", "Request", "Rules"]
