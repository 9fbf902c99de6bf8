"""Kinds of news that people are told without having asked."""

from typing import Literal

Kind = Literal["added", "removed", "deleted", "changed", "opened", "closed", "turned", "entered", "chosen"]
