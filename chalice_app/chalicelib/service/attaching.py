"""Files of messages, as far as the functions of the WebSocket need them: loaded with the first file."""

from collections.abc import Sequence

from chalicelib.domain.files import Upload, sent_file
from chalicelib.domain.messages import File, User
from chalicelib.errors import Conflict, Invalid, NotFound
from chalicelib.service.file_ports import FilePorts


def attach(ports: FilePorts, user: User, room: str, file_ids: Sequence[str]) -> tuple[File, ...]:
    """Return files as a message has them, once what was uploaded is checked and kept.

    Those that were sent already are returned as they were announced: if this is no retry of that message,
    the log refuses it.

    Raises
    ------
    NotFound
        There is no such file in the room, or somebody else uploads it.
    Conflict
        It is not uploaded yet, or it was replaced meanwhile.
    Invalid
        It has another length than was said.
    """
    return tuple(_attached(ports, user, room, file_id) for file_id in file_ids)


def _attached(ports: FilePorts, user: User, room: str, file_id: str) -> File:
    upload = ports.uploads.find(room, file_id)
    if upload is None or upload.by != user.id:
        raise NotFound(f"There is no file {file_id[:40]!a} of yours in {room}: upload it there first.")
    if upload.seq is not None:
        return File(upload.id, upload.name, upload.type, upload.bytes)
    return _kept(ports, upload)


def _kept(ports: FilePorts, upload: Upload) -> File:
    found = ports.bucket.uploaded(upload)
    if found is None:
        raise Conflict(f"{upload.name} is not uploaded yet: send it when its upload has ended.")
    if found.length != upload.bytes:
        raise Invalid(f"{upload.name} has {found.length} bytes, and {upload.bytes} were said: upload it anew")
    file = sent_file(upload, found.head)
    if not ports.bucket.keep(upload.room, file, found.version):
        raise Conflict(f"{upload.name} was uploaded again meanwhile: send it again.")
    return file


def remove(ports: FilePorts, room: str, files: Sequence[File]) -> None:
    """Remove the files of a message that was deleted."""
    for file in files:
        ports.bucket.remove(room, file.id)
