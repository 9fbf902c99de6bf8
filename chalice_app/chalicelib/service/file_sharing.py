"""Files of a room: who may upload one, and who may have it."""

import secrets
from collections.abc import Callable

from chalicelib.domain.access import Act
from chalicelib.domain.files import Upload
from chalicelib.domain.messages import File
from chalicelib.domain.sessions import Session
from chalicelib.errors import NotFound
from chalicelib.service.file_ports import FilePorts, UploadForm
from chalicelib.service.identity_ports import Attempts
from chalicelib.service.keeping import RoomKeeping
from chalicelib.service.ports import Clock, RoomLog
from chalicelib.service.quota import Quota

UPLOAD_SECONDS = 600
ADDRESS_SECONDS = 300
PER_HOUR = 200
_HOUR_SECONDS = 3_600


class FileSharing:
    """The use cases of `POST` and `GET` below ``/rooms/{room}/files``."""

    def __init__(
        self,
        files: Callable[[], FilePorts],
        log: RoomLog,
        keeping: RoomKeeping,
        attempts: Attempts,
        clock: Clock,
    ) -> None:
        self._files = files
        self._log = log
        self._keeping = keeping
        self._clock = clock
        self._quota = Quota(attempts, clock, PER_HOUR, _HOUR_SECONDS)

    def offer(
        self, session: Session, room: str, name: str, media_type: str, size: int
    ) -> tuple[Upload, UploadForm]:
        """Let somebody who may write in a room upload a file there; return it with the form to post."""
        self._keeping.facts(session, room, Act.WRITE)
        self._quota.count(f"files-{session.user.id}", f"One person uploads at most {PER_HOUR} files an hour.")
        upload = Upload(secrets.token_hex(16), room, session.user.id, name, media_type, size)
        ports = self._files()
        ports.uploads.add(upload)
        return upload, ports.bucket.form(upload, UPLOAD_SECONDS)

    def address(self, session: Session, room: str, file_id: str) -> tuple[str, int]:
        """Return where a file of a message can be had, and until when (ms since the epoch)."""
        file = self._keeping.read(session, room, lambda: self._file(room, file_id))
        until = self._clock.now() + ADDRESS_SECONDS * 1000
        return self._files().bucket.address(room, file, ADDRESS_SECONDS), until

    def _file(self, room: str, file_id: str) -> File:
        """Return the file if a message has it; one that was deleted has none."""
        upload = self._files().uploads.find(room, file_id)
        message = None if upload is None or upload.seq is None else self._log.message(room, upload.seq)
        for file in () if message is None else message.files:
            if file.id == file_id:
                return file
        raise NotFound(f"{room} has no such file, or its message was deleted.")
