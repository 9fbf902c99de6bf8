"""Noise in what it takes to refuse somebody a room, so that a clock does not tell it from nothing.

What is stored of a room takes some microseconds to read. They disappear in a pause by chance, for both alike.
"""

import random
from collections.abc import Iterator
from contextlib import contextmanager

from chalicelib.errors import NotFound
from chalicelib.service.ports import Clock

NOISE_SECONDS = 0.03


@contextmanager
def noise(clock: Clock) -> Iterator[None]:
    """Pause by chance before a `NotFound` goes on."""
    try:
        yield
    except NotFound:
        clock.sleep(random.uniform(0, NOISE_SECONDS))
        raise
