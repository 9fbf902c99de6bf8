"""What a stranger can cost in a day."""

import re
from pathlib import Path

import pytest

from chalicelib.domain.text import MAX_TEXT_LENGTH
from chalicelib.protocol.limits import MAX_PAGE_SIZE
from deploy_extras import attack_cost, cli

DOCS = Path(__file__).parents[3] / "docs" / "cost.md"


def test_the_documentation_has_the_computed_figures() -> None:
    allowed = attack_cost.limits()
    section = DOCS.read_text("utf-8").partition("## What an attacker can cost in a day")[2]
    rows = re.findall(r"^\| ([^|]+) \| \$([\d,]+) \| \$([\d,]+) \|", section, re.MULTILINE)
    assert rows == [(a.what, f"{a.before:,.0f}", f"{a.after(allowed):,.0f}") for a in attack_cost.attacks()]


def test_a_limit_halves_what_passes_twice_as_fast() -> None:
    [attack] = [a for a in attack_cost.attacks() if a.what == "requests without a token"]
    assert attack.after({attack.parameter: 10}) == pytest.approx(2 * attack.after({attack.parameter: 5}))
    assert attack.after({attack.parameter: 10**9}) == attack.before


def test_every_attack_is_limited_by_a_parameter_and_costs_less_than_before() -> None:
    allowed = attack_cost.limits()
    for attack in attack_cost.attacks():
        assert attack.after(allowed) <= 0.51 * attack.before, attack.what


def test_the_longest_page_is_as_long_as_the_protocol_lets_it_be() -> None:
    assert MAX_PAGE_SIZE * MAX_TEXT_LENGTH * 4 <= attack_cost._PAGE_BYTES


def test_the_command_prints_each_attack(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["attack"]) == 0
    printed = capsys.readouterr().out
    assert all(attack.what in printed for attack in attack_cost.attacks())
