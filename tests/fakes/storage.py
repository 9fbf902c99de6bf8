"""Both tables in memory: one implementation serves tests and benches."""

from bench.memory import (
    MemoryAttempts,
    MemoryConnections,
    MemoryLog,
    MemoryNames,
    MemoryPresences,
    MemoryRooms,
    MemorySecrets,
)

__all__ = [
    "MemoryAttempts",
    "MemoryConnections",
    "MemoryLog",
    "MemoryNames",
    "MemoryPresences",
    "MemoryRooms",
    "MemorySecrets",
]
