"""Buttons below messages of bots: the last line of a text, if it has nothing else.

`[Approve](undertone:approve) [Reject](undertone:reject)`. The text is stored and sent as it is; whoever shows
messages may draw the line as buttons.
"""

import re
from typing import NamedTuple

MAX_BUTTONS = 12
_BUTTON = re.compile(r"\[([^\[\]\n]{1,40})\]\(undertone:([A-Za-z0-9_.:-]{1,100})\)")
_LINE = re.compile(rf"\s*{_BUTTON.pattern}(?:[^\S\n]+{_BUTTON.pattern})*\s*")


class Button(NamedTuple):
    """What a button says, and what its bot is told when somebody presses it."""

    label: str
    value: str


def without_buttons(text: str) -> str:
    """Return a text without the line of its buttons, where only words are shown; a text of buttons stays."""
    above = text.rstrip().rpartition("\n")[0].rstrip()
    return above if above and buttons_of(text) else text


def buttons_of(text: str) -> tuple[Button, ...]:
    """Return the buttons of a text; none if there are more than `MAX_BUTTONS`."""
    line = text.rstrip().rpartition("\n")[2]
    if not _LINE.fullmatch(line):
        return ()
    found = tuple(Button(label.strip(), value) for label, value in _BUTTON.findall(line))
    shown = all(one.label for one in found) and len(found) <= MAX_BUTTONS
    return found if shown else ()
