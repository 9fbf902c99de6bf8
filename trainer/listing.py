"""The stored models as lines for people."""

from collections.abc import Iterator

from chalicelib.sentiment.manifest import Manifest, ModelError

from .models import ModelStore


def lines(store: ModelStore) -> Iterator[str]:
    """Yield one line for each stored model, the oldest first: version, state, quality."""
    live = store.live()
    if live.damage:
        yield f"the pointer is damaged: {live.damage}"
    current = live.pointer.version if live.pointer else None
    earlier = {each.version for each in live.pointer.earlier} if live.pointer else set()
    versions = store.versions()
    for version in versions:
        try:
            manifest = store.manifest(version)
        except ModelError as error:
            yield f"{version}  damaged: {error}"
            continue
        state = "live" if version == current else "earlier" if version in earlier else _state(manifest)
        figures = "  ".join(
            f"{name} {measured['macro_recall']:.3f}"
            for name, measured in manifest.content.get("metrics", {}).items()
        )
        yield f"{version}  {state:<8}  {figures}"
    if not versions:
        yield "no model is stored; the functions use the embedded one"


def _state(manifest: Manifest) -> str:
    return "stored" if manifest.content.get("gate", {}).get("passed", True) else "refused"
