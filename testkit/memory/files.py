"""Files in memory: which may be sent, and their bytes."""

from chalicelib.domain.files import HEAD_BYTES, Upload
from chalicelib.domain.messages import File
from chalicelib.service.file_ports import Uploaded, UploadForm


class MemoryUploads:
    """The port `Uploads`; `take` is what the log does as it stores a message."""

    def __init__(self) -> None:
        self._uploads: dict[tuple[str, str], Upload] = {}

    def add(self, upload: Upload) -> None:
        self._uploads[upload.room, upload.id] = upload

    def find(self, room: str, file_id: str) -> Upload | None:
        return self._uploads.get((room, file_id))

    def forget(self, room: str, file_id: str) -> None:
        self._uploads.pop((room, file_id), None)

    def can_take(self, room: str, file_id: str) -> bool:
        upload = self.find(room, file_id)
        return upload is not None and upload.seq is None

    def take(self, room: str, file_id: str, seq: int) -> None:
        self._uploads[room, file_id] = self._uploads[room, file_id]._replace(seq=seq)


class MemoryBucket:
    """The port `FileBucket`: `uploads` are the bytes that browsers posted, `kept` those of messages."""

    def __init__(self) -> None:
        self.uploads: dict[tuple[str, str], bytes] = {}
        self.kept: dict[tuple[str, str], bytes] = {}

    def form(self, upload: Upload, seconds: int) -> UploadForm:
        return UploadForm("http://files.example.org/", {"key": upload.id, "Content-Type": upload.type})

    def uploaded(self, upload: Upload) -> Uploaded | None:
        content = self.uploads.get((upload.room, upload.id))
        if content is None:
            return None
        return Uploaded(len(content), content[:HEAD_BYTES], str(hash(content)))

    def keep(self, room: str, file: File, version: str) -> bool:
        content = self.uploads[room, file.id]
        if str(hash(content)) != version:
            return False
        self.kept[room, file.id] = content
        return True

    def address(self, room: str, file: File, seconds: int) -> str:
        return f"http://files.example.org/{room}/{file.id}"

    def remove(self, room: str, file_id: str) -> None:
        self.kept.pop((room, file_id), None)

    def left(self, room: str) -> list[str]:
        return sorted({file_id for there, file_id in (*self.uploads, *self.kept) if there == room})[:100]

    def erase(self, room: str, file_id: str) -> None:
        self.uploads.pop((room, file_id), None)
        self.kept.pop((room, file_id), None)
