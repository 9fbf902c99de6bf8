"""Which words of a bot are buttons."""

import pytest

from chalicelib.domain.buttons import MAX_BUTTONS, Button, buttons_of


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("[Yes](undertone:yes)", ["Yes"]),
        ("Well?\n\n [Yes](undertone:yes)  [No, never](undertone:no:1) \n", ["Yes", "No, never"]),
        ("[Yes](undertone:yes) or so", []),
        ("[Yes](undertone:yes)\nmore", []),
        ("[Yes](https://example.org)", []),
        ("[ ](undertone:yes)", []),
        ("[Yes](undertone:y s)", []),
        ("[Yes](undertone:yes)[No](undertone:no)", []),
        (" ".join(f"[{n}](undertone:{n})" for n in range(MAX_BUTTONS)), [str(n) for n in range(MAX_BUTTONS)]),
        (" ".join(f"[{n}](undertone:{n})" for n in range(MAX_BUTTONS + 1)), []),
        ("", []),
    ],
)
def test_buttons_are_the_last_line_and_nothing_else_on_it(text: str, labels: list[str]) -> None:
    assert [one.label for one in buttons_of(text)] == labels


def test_a_button_has_a_label_and_a_value() -> None:
    assert buttons_of("[No, never](undertone:no:1)") == (Button("No, never", "no:1"),)
