"""An organisation's own style sheet, checked: it changes how the page looks, and loads nothing."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import tinycss2

from deploy_extras.errors import DeployError

MOST_STYLE_BYTES = 64 * 1024
_LOADED = ("data:image/", "#")
# In these, a text is an address too.
_ADDRESSES = ("url", "src", "image", "image-set", "-webkit-image-set")


def read_style(path: Path) -> str:
    """Return the style sheet in a file, or raise `DeployError`."""
    try:
        return checked_style(path.read_bytes(), str(path))
    except OSError as error:
        raise DeployError(f"The style sheet {path} cannot be read: {error.strerror}.") from error


def checked_style(content: bytes, what: str) -> str:
    """Return a style sheet without its comments, as it is served behind those of the page.

    Raises
    ------
    DeployError
        It is too large, no text, no CSS, or loads something that is not within it.
    """
    if len(content) > MOST_STYLE_BYTES:
        raise DeployError(f"{what} has {len(content):,} bytes: a style sheet may have {MOST_STYLE_BYTES:,}.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DeployError(
            f"{what} is not UTF-8: byte {error.start:,} is {content[error.start]:#04x}. Save it as UTF-8."
        ) from None
    tokens = tinycss2.parse_component_value_list(text, skip_comments=True)
    for node in (*_within(tokens), *tinycss2.parse_stylesheet(tokens, skip_comments=True)):
        problem = _problem(node)
        if problem:
            raise DeployError(f"{what}, line {node.source_line}: {problem}")
    return str(tinycss2.serialize(tokens)).strip() + "\n"


def _within(nodes: Iterable[Any]) -> Iterator[Any]:
    """Return the tokens with those in their brackets, however deep."""
    waiting = list(nodes)
    while waiting:
        node = waiting.pop()
        yield node
        waiting += getattr(node, "arguments", None) or getattr(node, "content", None) or []


def _problem(node: Any) -> str | None:
    """Return why a part of a style sheet cannot be, or None."""
    if node.type == "error":
        return f"this is no CSS ({node.message})."
    if node.type in ("at-keyword", "at-rule") and _name(node) == "import":
        return "@import is not allowed: put what it imports into this file."
    loads = [address for address in _addresses(node) if not address.lower().startswith(_LOADED)]
    if loads:
        return f"{loads[0][:80]!a} is not allowed: pictures stand in this file, as url(data:image/…)."
    return None


def _name(node: Any) -> str:
    return str(node.lower_value if node.type == "at-keyword" else node.lower_at_keyword)


def _addresses(node: Any) -> list[str]:
    if node.type == "url":
        return [node.value.strip()]
    if node.type == "function" and node.lower_name in _ADDRESSES:
        return [part.value.strip() for part in node.arguments if part.type == "string"]
    return []
