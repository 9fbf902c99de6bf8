"""Which model is live: publish, promote, roll back. Each is one conditional write of the pointer."""

from typing import Any

from chalicelib.sentiment.manifest import Pointer
from chalicelib.sentiment.registry import EMBEDDED

from . import artifact
from .artifact import Artifact
from .errors import TrainerError
from .models import Live, ModelStore


def publish(client: Any, bucket: str, made: Artifact) -> Pointer:
    """Upload a model and make it the live one.

    Raises
    ------
    TrainerError
        If the bucket cannot be used, or another trainer moved the pointer in the meantime.
    """
    store = ModelStore(client, bucket)
    # Read before the upload, so that a conflict with another trainer during it is noticed.
    live = store.live()
    return _move(store, store.upload(made), live)


def promote(store: ModelStore, version: str) -> Pointer:
    """Make a stored model the live one, after loading it as a function would."""
    live = store.live()
    pointer = store.pointer_to(version)
    store.load(pointer)
    return _move(store, pointer, live)


def roll_back(store: ModelStore) -> Pointer:
    """Make the model live again that was before; before the first one, that is the embedded one.

    Going back twice goes two steps back: the model that was left is not remembered as an earlier one.

    Raises
    ------
    TrainerError
        If there is nothing to go back to, or the earlier model cannot be loaded.
    """
    live = store.live()
    if live.pointer is None:
        raise TrainerError(f"the bucket {store.bucket} has no live model to roll back from")
    if live.pointer.earlier:
        target, *earlier = live.pointer.earlier
        target = Pointer(target.version, target.manifest, target.sha256, tuple(earlier))
        store.load(target)
    else:
        embedded = artifact.read(EMBEDDED)
        if live.pointer.version == embedded.manifest.version:
            raise TrainerError(f"{live.pointer.version} is the embedded model: there is none before it")
        target = store.upload(embedded)
    store.point(target, live)
    return target


def _move(store: ModelStore, pointer: Pointer, live: Live) -> Pointer:
    successor = pointer.after(live.pointer)
    store.point(successor, live)
    return successor
