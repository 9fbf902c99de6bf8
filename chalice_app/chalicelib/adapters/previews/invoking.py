"""The port `Previewer`: another function fetches pages, which has no right to anything of ours."""

import base64
import json
import logging
from functools import cached_property
from typing import Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.adapters.aws import Aws
from chalicelib.domain.previews import FoundPage, Thumbnail, checked_thumbnail, preview_of
from chalicelib.errors import Unavailable

logger = logging.getLogger(__name__)

# A new function starts for a second or two, and then has three for the page. The second attempt is for a
# connection that was closed while this function slept; both stay below the 15 s of the function for REST.
_INVOCATION = Config(connect_timeout=1, read_timeout=6, retries={"mode": "standard", "total_max_attempts": 2})


class InvokedPreviewer:
    """Invokes the preview function and waits for what it finds."""

    def __init__(self, aws: Aws, function: str) -> None:
        self._aws = aws
        self._function = function

    @cached_property
    def _client(self) -> Any:
        return self._aws.client("lambda", _INVOCATION)

    def preview(self, address: str) -> FoundPage | None:
        """Return what was found, cut and checked once more: its function may answer anything."""
        try:
            answer = self._client.invoke(
                FunctionName=self._function, Payload=json.dumps({"address": address}).encode()
            )
            told = json.loads(answer["Payload"].read())
        except (ClientError, BotoCoreError, ValueError) as error:
            raise self._failed(str(error)) from error
        if answer.get("FunctionError"):
            raise self._failed(f"it ended with {str(told)[:300]}")
        found = told.get("preview") if isinstance(told, dict) else None
        if not isinstance(found, dict):
            return None
        preview = preview_of(found.get("title"), found.get("description"))
        return preview and FoundPage(preview, _thumbnail(found.get("picture")))

    def _failed(self, reason: str) -> Unavailable:
        logger.warning("%s could not be invoked", self._function, extra={"reason": reason})
        return Unavailable("The page could not be fetched; try again.", retry_after=1)


def _thumbnail(told: object) -> Thumbnail | None:
    try:
        return checked_thumbnail(base64.b64decode(told, validate=True)) if isinstance(told, str) else None
    except ValueError:
        return None
