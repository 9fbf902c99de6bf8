"""The manifest, which describes a model, and the pointer, which names the live one."""

import hashlib
import json
from dataclasses import dataclass, replace
from typing import Any

FORMAT = 1
"""Increased when features or arrays change their meaning; a model of a newer format is refused."""

POINTER_KEY = "pointer.json"
MODEL_FILE = "model.npz"
MANIFEST_FILE = "manifest.json"
PIPELINE_FILE = "pipeline.joblib"
REPORT_FILE = "report.html"

MAX_EARLIER_MODELS = 20
"""How many models before the live one a pointer names, and a rollback can reach."""


class ModelError(Exception):
    """A model, a manifest or a pointer that cannot be used; the message says what was wrong with it."""


@dataclass(frozen=True, slots=True)
class Pointer:
    """Names the live model: its version, the key of its manifest, and the SHA-256 of that manifest.

    ``earlier`` are the models that were live before, the newest first. They stand in the same object, so
    that a promotion and a rollback are one write each.
    """

    version: str
    manifest: str
    sha256: str
    earlier: tuple["Pointer", ...] = ()

    def after(self, live: "Pointer | None") -> "Pointer":
        """Return this pointer as the successor of the live one."""
        if live is None or live.version == self.version:
            return replace(self, earlier=live.earlier if live else ())
        past = (replace(live, earlier=()), *live.earlier)
        return replace(
            self, earlier=tuple(each for each in past if each.version != self.version)[:MAX_EARLIER_MODELS]
        )

    def to_json(self) -> bytes:
        """Return the pointer object's content."""
        earlier = [each._fields() for each in self.earlier]
        return _dump({"format": FORMAT, **self._fields(), "earlier": earlier})

    @classmethod
    def from_json(cls, data: bytes) -> "Pointer":
        """Read a pointer; raises `ModelError` for one that is damaged or of a newer format."""
        content = _load(data, "pointer")
        earlier = content.get("earlier", [])
        if not isinstance(earlier, list) or not all(isinstance(each, dict) for each in earlier):
            raise ModelError(f"pointer: earlier must be a list of objects, not {earlier!r}")
        return replace(cls._named(content), earlier=tuple(map(cls._named, earlier)))

    @classmethod
    def _named(cls, content: dict[str, Any]) -> "Pointer":
        return cls(
            version=_text(content, "version", "pointer"),
            manifest=_text(content, "manifest", "pointer"),
            sha256=_text(content, "sha256", "pointer"),
        )

    def _fields(self) -> dict[str, str]:
        return {"version": self.version, "manifest": self.manifest, "sha256": self.sha256}


@dataclass(frozen=True, slots=True)
class Manifest:
    """A model's description. ``content`` is the whole document; the properties are what loading needs."""

    content: dict[str, Any]

    @property
    def version(self) -> str:
        """UTC time of training and a short hash of the model, such as ``2026-11-22T03-00-00Z-ab12cd``."""
        return str(self.content["version"])

    def to_json(self) -> bytes:
        """Return the manifest object's content."""
        return _dump(self.content)

    @classmethod
    def from_json(cls, data: bytes) -> "Manifest":
        """Read a manifest; raises `ModelError` for one that is damaged or of a newer format."""
        content = _load(data, "manifest")
        _text(content, "version", "manifest")
        if not isinstance(content.get("files"), dict):
            raise ModelError(f"manifest: files must be an object, not {content.get('files')!r}")
        return cls(content)

    def check(self, name: str, data: bytes) -> None:
        """Raise `ModelError` unless ``data`` is the file ``name`` that this manifest describes."""
        entry = self.content["files"].get(name)
        expected = entry.get("sha256") if isinstance(entry, dict) else None
        actual = sha256(data)
        if actual != expected:
            raise ModelError(
                f"{name} of model {self.version} ({len(data)} bytes): SHA-256 {actual}, expected {expected}"
            )


def sha256(data: bytes) -> str:
    """Return the SHA-256 of some bytes in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def key(version: str, name: str) -> str:
    """Return the object key of one file of a model."""
    return f"models/{version}/{name}"


def _dump(content: dict[str, Any]) -> bytes:
    return (json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode()


def _load(data: bytes, what: str) -> dict[str, Any]:
    try:
        content = json.loads(data)
    except ValueError as error:
        raise ModelError(f"{what} is not JSON: {error}") from error
    if not isinstance(content, dict):
        raise ModelError(f"{what} must be an object, not {type(content).__name__}")
    number = content.get("format")
    if number != FORMAT:
        raise ModelError(f"{what} has format {number!r}; this version reads format {FORMAT}")
    return content


def _text(content: dict[str, Any], field: str, what: str) -> str:
    value = content.get(field)
    if not isinstance(value, str) or not value:
        raise ModelError(f"{what}: {field} must be a non-empty string, not {value!r}")
    return value
