"""Tells the page's service worker of which files a deployment consists, to be kept and served together."""

import base64
import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace

from deploy_extras.errors import DeployError
from deploy_extras.site import WORKER, File

_BLANK = b"const RELEASE = null;"
_VERSION_LENGTH = 16


def released(files: Sequence[File]) -> list[File]:
    """Return the files with a service worker that knows the others by their hashes.

    It is another one exactly if one of them is: by that, browsers notice that there is a new version.

    Raises
    ------
    DeployError
        The service worker is missing, or has no place for the files.
    """
    worker = next((file for file in files if file.key == WORKER), None)
    if worker is None or worker.body.count(_BLANK) != 1:
        raise DeployError(
            f"The site needs a {WORKER} with one line {_BLANK.decode()!r}; the release goes there."
        )
    others = [file for file in files if file is not worker]
    hashes = {file.key: _sha256(file.body) for file in sorted(others, key=lambda file: file.key)}
    version = hashlib.sha256(json.dumps(hashes).encode() + worker.body).hexdigest()[:_VERSION_LENGTH]
    release = json.dumps({"version": version, "files": hashes}, separators=(",", ":"))
    body = worker.body.replace(_BLANK, f"const RELEASE = {release};".encode())
    return [*others, replace(worker, body=body)]


def _sha256(body: bytes) -> str:
    """Return a hash as Subresource Integrity writes it, without its prefix."""
    return base64.b64encode(hashlib.sha256(body).digest()).decode()
