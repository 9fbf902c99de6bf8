"""Events of the preview function, which has no right to anything of ours."""

import base64
from typing import Any

from chalicelib.adapters.previews import PageFetcher
from chalicelib.protocol.entries import Json


def preview(fetcher: PageFetcher, event: dict[str, Any]) -> Json:
    """Fetch a page and tell what is shown of it, its picture in Base64."""
    found = fetcher.preview(str(event["address"]))
    if found is None:
        return {"preview": None}
    picture = found.picture and base64.b64encode(found.picture.content).decode()
    return {"preview": {**found.preview._asdict(), "picture": picture}}
