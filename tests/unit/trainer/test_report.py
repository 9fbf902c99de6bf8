"""What the report says of feelings that the page does not show."""

import re
from pathlib import Path

import numpy as np

from trainer.report import page

MOOD = Path(__file__).parents[3] / "static_site" / "scripts" / "models" / "mood.js"


def test_report_and_page_have_the_same_threshold() -> None:
    found = re.search(r"const SURE = ([\d.]+);", MOOD.read_text(encoding="utf-8"))
    assert found is not None and float(found[1]) == page.SURE


def test_the_report_says_how_many_of_the_hidden_feelings_are_right() -> None:
    predicted = np.array([0, 2, 2, 1, 0])
    correct = np.array([True, False, False, True, True])
    confidence = np.array([0.45, 0.4, 0.49, 0.4, 0.9])
    sentence = page._unsure(predicted, correct, confidence)
    assert "3, of which 33% are right" in sentence


def test_the_report_says_if_no_feeling_is_hidden() -> None:
    sure = np.array([0.9])
    assert "No feeling" in page._unsure(np.array([0]), np.array([True]), sure)
