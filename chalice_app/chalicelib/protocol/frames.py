"""Frames of clients: what names a frame, as far as it can be understood."""

from dataclasses import dataclass

from chalicelib.errors import BadFrame, BadJson, TooLarge
from chalicelib.protocol.fields import Fields, is_identifier
from chalicelib.protocol.limits import MAX_REF_LENGTH
from chalicelib.protocol.objects import read_object, too_large


@dataclass(frozen=True, slots=True)
class Frame:
    """A JSON object from a client, with what an answer to it repeats.

    ``action``, ``ref`` and ``id`` are None if they are missing or of no use. ``too_large`` is the error for a
    frame that could be read but has too many bytes.
    """

    fields: Fields
    action: str | None
    ref: str | None
    id: str | None
    too_large: TooLarge | None = None


def parse_frame(body: str) -> Frame:
    """Return the frame in `body`; its command may still turn out to be wrong.

    Raises
    ------
    TooLarge, BadJson, BadFrame
    """
    problem = too_large(body, "frame")
    try:
        # A frame that is too large is read as well, so that its client learns which one was refused.
        fields = read_object(body, "frame")
    except (BadJson, BadFrame) as error:
        raise problem or error from None
    ref, action, identifier = fields.get("ref"), fields.get("action"), fields.get("id")
    return Frame(
        fields=fields,
        action=action if isinstance(action, str) else None,
        ref=ref if isinstance(ref, str) and _is_usable(ref) else None,
        id=identifier if is_identifier(identifier) else None,
        too_large=problem,
    )


def _is_usable(ref: str) -> bool:
    return len(ref) <= MAX_REF_LENGTH and not any("\ud800" <= c <= "\udfff" for c in ref)
