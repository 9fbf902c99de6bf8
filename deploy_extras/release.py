"""What a deployment makes of the site: few files, whose addresses are others whenever one of them is.

The service worker is told of which files the deployment consists, to keep and to serve them together.
"""

import base64
import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import rjsmin

from deploy_extras import joining
from deploy_extras.errors import DeployError
from deploy_extras.site import DOCUMENT, IMMUTABLE, RELEASES, WORKER, File, described, files

_BLANK = b"const RELEASE = null;"
_VERSION_LENGTH = 16
# Only the document refers to what is in these.
_FOLDERS = ("scripts/", "styles/")
_REFERENCE = re.compile(rb'\b(href|src)="(?=(?:scripts|styles)/)')
_ADDRESS_IN_STYLE = re.compile(rb"url\((?!\s*[\"']?(?:data:|#))[^)]*\)|@import\b[^;]*")


def deployment(folder: Path) -> list[File]:
    """Return the files that a deployment uploads, but `config.json`.

    Raises
    ------
    DeployError, JoinError
        The site has a form of which no deployment can be made.
    """
    return released(versioned(joined(folder)))


def joined(folder: Path) -> list[File]:
    """Return the site's files: its modules in few scripts without comments, its styles in one sheet."""
    members = joining.members(folder)
    others = [file for file in files(folder) if file.key not in members and file.key != DOCUMENT]
    made = {
        DOCUMENT: joining.index(folder),
        # A third of a script are words for who reads it, which would cost a slow network a round trip.
        **{path: rjsmin.jsmin(text) for path, text in joining.scripts(folder).items()},
        joining.STYLES: joining.styles(folder),
    }
    return [*others, *(described(key, text.encode()) for key, text in made.items())]


def versioned(given: Sequence[File]) -> list[File]:
    """Return the files with the scripts and styles in a folder that is called by their hash.

    A browser need never ask for them again, and a document finds those that it was made with for as long as
    deployments keep them.

    Raises
    ------
    DeployError
        A style sheet refers to another file, which it would not find from that folder.
    """
    inside = sorted((file for file in given if file.key.startswith(_FOLDERS)), key=lambda file: file.key)
    for file in inside:
        found = _ADDRESS_IN_STYLE.search(file.body) if file.key.endswith(".css") else None
        if found:
            raise DeployError(
                f"{file.key} refers to another file: {found[0].decode()!r}. Only data: and #… are known here."
            )
    hashes = json.dumps([(file.key, _sha256(file.body)) for file in inside])
    folder = f"{RELEASES}{_version(hashes.encode())}/"
    moved = [replace(file, key=folder + file.key, cache_control=IMMUTABLE) for file in inside]
    others = [file for file in given if file not in inside]
    reference = rb'\1="' + folder.encode()
    return moved + [
        replace(file, body=_REFERENCE.sub(reference, file.body)) if file.key == DOCUMENT else file
        for file in others
    ]


def released(given: Sequence[File]) -> list[File]:
    """Return the files with a service worker that knows the others by their hashes.

    It is another one exactly if one of them is: by that, browsers notice that there is a new version.

    Raises
    ------
    DeployError
        The service worker is missing, or has no place for the files.
    """
    worker = next((file for file in given if file.key == WORKER), None)
    if worker is None or worker.body.count(_BLANK) != 1:
        raise DeployError(
            f"The site needs a {WORKER} with one line {_BLANK.decode()!r}; the release goes there."
        )
    others = [file for file in given if file is not worker]
    hashes = {file.key: _sha256(file.body) for file in sorted(others, key=lambda file: file.key)}
    version = _version(json.dumps(hashes).encode() + worker.body)
    release = json.dumps({"version": version, "files": hashes}, separators=(",", ":"))
    body = worker.body.replace(_BLANK, f"const RELEASE = {release};".encode())
    return [*others, replace(worker, body=body)]


def _version(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:_VERSION_LENGTH]


def _sha256(body: bytes) -> str:
    """Return a hash as Subresource Integrity writes it, without its prefix."""
    return base64.b64encode(hashlib.sha256(body).digest()).decode()
