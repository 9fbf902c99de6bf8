"""What the use cases of files need from the world."""

from typing import NamedTuple, Protocol

from chalicelib.domain.files import Upload
from chalicelib.domain.messages import File


class UploadForm(NamedTuple):
    """Where and with which fields a browser posts a file."""

    url: str
    fields: dict[str, str]


class Uploaded(NamedTuple):
    """What was really uploaded: its length, its first bytes and what tells this version from others."""

    length: int
    head: bytes
    version: str


class Uploads(Protocol):
    """Which files may be sent, and which message each was sent in. `RoomLog.append` notes the latter."""

    def add(self, upload: Upload) -> None:
        """Remember an upload; it is forgotten after a day unless it was sent."""

    def find(self, room: str, file_id: str) -> Upload | None:
        """Return an upload of a room, read consistently."""

    def forget(self, room: str, file_id: str) -> None:
        """Forget an upload, of a room that is forgotten as well."""


class FileBucket(Protocol):
    """Where files are: apart what was only uploaded, and what was sent, which nobody can change any more."""

    def form(self, upload: Upload, seconds: int) -> UploadForm:
        """Return how this file alone can be uploaded, with exactly its length and type."""

    def uploaded(self, upload: Upload) -> Uploaded | None:
        """Return what was uploaded; None if nothing was."""

    def keep(self, room: str, file: File, version: str) -> bool:
        """Keep this version of what was uploaded; False if it is another one by now."""

    def address(self, room: str, file: File, seconds: int) -> str:
        """Return the address at which whoever knows it gets a file for a while."""

    def remove(self, room: str, file_id: str) -> None:
        """Remove a file; one that is gone already is as good."""

    def left(self, room: str) -> list[str]:
        """Return the ids of files of a room, sent or not; a hundred of them at most."""

    def erase(self, room: str, file_id: str) -> None:
        """Remove a file and what was uploaded of it, or raise `Unavailable`."""


class FilePorts(NamedTuple):
    """The two that belong together."""

    uploads: Uploads
    bucket: FileBucket
