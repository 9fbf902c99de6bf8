"""The quotas that API Gateway and Lambda document, in one place so that tests can shrink them.

Source: "Amazon API Gateway quotas and important notes" and "Lambda quotas" of the AWS documentation.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class GatewayLimits:
    """Quotas of the API Gateway emulator. Sizes in bytes, times in seconds."""

    frame_bytes: int = 32 * 1024
    message_bytes: int = 128 * 1024
    idle_seconds: float = 600
    lifetime_seconds: float = 7200
    integration_seconds: float = 29
    rest_payload_bytes: int = 10 * 1024 * 1024
    # Not documented by AWS: what may wait in memory for a client that does not read, before it is cut off.
    send_buffer_bytes: int = 1024 * 1024
    # Not documented by AWS: events of one connection at the same time, before its socket is no longer read.
    events_in_flight: int = 64


@dataclass(frozen=True)
class LambdaLimits:
    """Quotas of the Lambda emulator."""

    workers_per_function: int = 4
    # Of all functions together, beyond the first worker of each.
    extra_workers: int = 12
    # A worker beyond the first of its function ends after this many seconds without an event.
    idle_seconds: float = 60
    # How many events may wait for a worker of one function before further ones are throttled.
    queued_events: int = 1000
    request_bytes: int = 6 * 1024 * 1024
    event_bytes: int = 1024 * 1024
    response_bytes: int = 6 * 1024 * 1024
    init_seconds: float = 60
    # AWS waits one minute before the first retry of an asynchronous event and two before the second.
    retry_seconds: tuple[float, ...] = (60, 120)
