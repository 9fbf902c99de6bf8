"""Events of the preview function, which has no right to anything of ours."""

from typing import Any

from chalicelib.adapters.previews import PageFetcher
from chalicelib.protocol.entries import Json


def preview(fetcher: PageFetcher, event: dict[str, Any]) -> Json:
    """Fetch a page and tell what is shown of it."""
    found = fetcher.preview(str(event["address"]))
    return {"preview": found and found._asdict()}
