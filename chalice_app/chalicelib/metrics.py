"""The catalogue of metrics: everything that is counted for an operator, and what it means.

`docs/operations.md` and the dashboard list the same metrics; a test compares them.
"""

from enum import StrEnum
from typing import Protocol


class Metric(StrEnum):
    """A metric by its name in CloudWatch. The comment behind each names its dimensions besides the stage."""

    FAULTS = "Faults"  # the next four together; their alarm costs as much as one of them would
    STORAGE_FAULTS = "StorageFaults"  # operation, code
    HANDLER_FAULTS = "HandlerFaults"
    DRAIN_FAULTS = "DrainFaults"
    HAND_OVER_FAULTS = "HandOverFaults"
    STORAGE_THROTTLES = "StorageThrottles"
    FRAMES_REFUSED = "FramesRefused"  # code
    LEASES_LOST = "LeasesLost"
    HAND_OVERS = "HandOvers"
    POSITIONS_VOIDED = "PositionsVoided"
    CONNECTIONS_GONE = "ConnectionsGone"
    CONNECTIONS_UNREACHED = "ConnectionsUnreached"
    POSTS_THROTTLED = "PostsThrottled"
    ROLLUP_FAULTS = "RollupFaults"
    TURNS_UNTOLD = "TurnsUntold"
    PUSHES_SENT = "PushesSent"
    PUSHES_GONE = "PushesGone"
    PUSHES_FAILED = "PushesFailed"
    BOT_CALLS_ANSWERED = "BotCallsAnswered"
    BOT_CALLS_FAILED = "BotCallsFailed"
    PREVIEWS_FOUND = "PreviewsFound"
    PREVIEWS_NOT_FOUND = "PreviewsNotFound"
    PREVIEWS_FAILED = "PreviewsFailed"
    MODELS_REPLACED = "ModelsReplaced"
    MODEL_FAULTS = "ModelFaults"  # step
    TRAINER_FAILED = "TrainerFailed"  # counted by the trainer's instance


FAULTS = frozenset(
    {Metric.STORAGE_FAULTS, Metric.HANDLER_FAULTS, Metric.DRAIN_FAULTS, Metric.HAND_OVER_FAULTS}
)
"""What is counted as a fault as well."""

FEW = frozenset({Metric.FAULTS, Metric.FRAMES_REFUSED, Metric.STORAGE_THROTTLES, Metric.TRAINER_FAILED})
"""The metrics that alarms always need. CloudWatch bills a metric for each hour in which it occurs."""


class Metrics(Protocol):
    """Counts what an operator wants to know."""

    def count(self, metric: Metric, value: int = 1, **dimensions: str) -> None:
        """Add to a metric; the dimensions say what kind, with few different values each."""


class NoMetrics:
    """The port `Metrics` for a process that nobody watches, such as the trainer: it logs what fails."""

    def count(self, metric: Metric, value: int = 1, **dimensions: str) -> None:
        return
