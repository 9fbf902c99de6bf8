"""What an organisation chose, checked, and how it is kept for later deployments."""

import base64
import json
import re
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from xml.etree import ElementTree

from deploy_extras.cloud import Cloud, stored
from deploy_extras.errors import DeployError
from deploy_extras.look import colours
from deploy_extras.look.style import checked_style, read_style

MOST_NAME_CHARACTERS = 40
MOST_LOGO_BYTES = 128 * 1024
_KEY = "deployment/look.json"
_PNG = b"\x89PNG\r\n\x1a\n"
# An entity can stand for megabytes, and a logo needs none; in UTF-16 it would look otherwise.
_ENTITIES = re.compile(rb"<!(DOCTYPE|ENTITY)|\0", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture, and the sides of a PNG in pixels; a drawing has none."""

    type: Literal["image/png", "image/svg+xml"]
    content: bytes
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Look:
    """None is as the project has it, or, of options, as before; an empty name, path or colour takes it back.

    ``accent`` is six hex digits behind #, ``style`` the text of a style sheet.
    """

    name: str | None = None
    logo: Logo | Literal[""] | None = None
    accent: str | None = None
    style: str | None = None

    @classmethod
    def chosen(
        cls, name: str | None, logo: str | None, accent: str | None, style: str | None = None
    ) -> "Look":
        """Return what options say; ``logo`` and ``style`` are paths of files.

        Raises
        ------
        DeployError
            One of them cannot be meant.
        """
        if name and (len(name) > MOST_NAME_CHARACTERS or not name.isprintable() or name != name.strip()):
            raise DeployError(
                f"The name {name[:80]!a} cannot be: use 1 to {MOST_NAME_CHARACTERS} visible characters."
            )
        if accent:
            try:
                colours.parse(accent)
            except ValueError:
                raise DeployError(f"The accent {accent!a} is no colour: use six digits as #5b2245.") from None
        picture: Logo | Literal[""] | None = read_logo(Path(logo)) if logo else "" if logo == "" else None
        return cls(name, picture, accent, read_style(Path(style)) if style else style)

    def over(self, before: "Look") -> "Look":
        """Return this look, and that of before where this leaves something open."""
        return Look(
            before.name if self.name is None else self.name or None,
            before.logo if self.logo is None else self.logo or None,
            before.accent if self.accent is None else self.accent or None,
            before.style if self.style is None else self.style or None,
        )

    @property
    def is_own(self) -> bool:
        """Return whether anything differs from what the project has."""
        return bool(self.name or self.logo or self.accent or self.style)

    @classmethod
    def load(cls, cloud: Cloud, bucket: str) -> "Look":
        """Return the look of the last deployment; the project's before the first."""
        body = stored(cloud.client("s3"), bucket, _KEY)
        if body is None:
            return cls()
        found = json.loads(body)
        logo = found.get("logo")
        kept = checked_logo(base64.b64decode(logo), "The stored logo") if logo else None
        style = found.get("style")
        sheet = checked_style(style.encode(), "The stored style sheet") if style else None
        return cls(found.get("name"), kept, found.get("accent"), sheet)

    def save(self, cloud: Cloud, bucket: str) -> None:
        """Store it."""
        logo = base64.b64encode(self.logo.content).decode() if self.logo else None
        kept = {"name": self.name, "logo": logo, "accent": self.accent, "style": self.style}
        body = json.dumps(kept).encode()
        cloud.client("s3").put_object(Bucket=bucket, Key=_KEY, Body=body, ContentType="application/json")


def read_logo(path: Path) -> Logo:
    """Return the logo in a file, or raise `DeployError`."""
    try:
        return checked_logo(path.read_bytes(), str(path))
    except OSError as error:
        raise DeployError(f"The logo {path} cannot be read: {error.strerror}.") from error


def checked_logo(content: bytes, what: str) -> Logo:
    """Return what a file has as a logo; its bytes decide, and not what it is called."""
    if len(content) > MOST_LOGO_BYTES:
        raise DeployError(f"{what} has {len(content):,} bytes: a logo may have {MOST_LOGO_BYTES:,}.")
    if content.startswith(_PNG) and content[12:16] == b"IHDR" and len(content) >= 24:
        return Logo("image/png", content, *struct.unpack_from(">II", content, 16))
    try:
        root = None if _ENTITIES.search(content) else ElementTree.fromstring(content)  # noqa: S314 # no entities
    except ElementTree.ParseError:
        root = None
    if root is None or root.tag != "{http://www.w3.org/2000/svg}svg":
        raise DeployError(f"{what} is no logo: use a PNG, or an SVG without a document type.")
    if "viewBox" not in root.attrib:
        raise DeployError(f"{what} has no viewBox: without one it cannot be shown in other sizes.")
    return Logo("image/svg+xml", content)
