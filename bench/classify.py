"""One message, warm: our compiled model, the scikit-learn pipeline it came from, VADER and TextBlob."""

import argparse
import csv
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bench import progress
from bench.report import Report, Table
from bench.statistic import percentile

CHAT = Path(__file__).parents[1] / "tests" / "data" / "chat-sentiment.tsv"
MAX_TEXT_LENGTH = 4000
"""Code points of the longest text that the protocol allows."""

LONG_TEXTS = {
    "words": "the meeting went really well but I am not happy about the slow release ",
    "new words": "",
    "negations": "not ",
    "emoji": "😍🔥",
    "marks": "!?",
    "one word": "a",
    "links": "https://example.com/great ",
    "code": "terrible_idea.fail() src/sad.py ",
    "another language": "die Katze ist da, wann kommt die Bahn? ",
}
"""What a text of the greatest length repeats; all "new words" differ, so that no cache helps."""

LABELS = {"ours": "ours", "sklearn": "scikit-learn pipeline", "vader": "VADER", "textblob": "TextBlob"}
MOST_MEDIAN_MS = 1.0
MOST_LONGEST_MS = 5.0
LEAST_TIMES_SKLEARN = 3.0
Classify = Callable[[str], object]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of this bench."""
    parser.add_argument("--rounds", type=int, default=5, help="how often each text is classified")
    parser.add_argument("--texts", type=int, default=None, metavar="N", help="only the first N texts")


def run(arguments: argparse.Namespace) -> Report:
    """Classify each text with each classifier in turn, so that other load affects all of them."""
    classifiers = _classifiers()
    texts = _texts()[: arguments.texts]
    for classify in classifiers.values():
        classify(texts[0])
    wall: dict[str, list[float]] = {name: [] for name in classifiers}
    cpu: dict[str, list[float]] = {name: [] for name in classifiers}
    for number in range(arguments.rounds + 1):
        progress.show(f"round {number} of {arguments.rounds}, {len(texts)} texts")
        for text in texts:
            for name, classify in classifiers.items():
                spent = _spend(classify, text)
                if number:  # round 0 warms up
                    wall[name].append(spent[0])
                    cpu[name].append(spent[1])
    longest = _longest(classifiers["ours"], arguments.rounds)
    progress.show("")
    return _report(len(texts), wall, cpu, longest)


def _texts() -> list[str]:
    with CHAT.open(encoding="utf-8", newline="") as lines:
        return [row["text"] for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)]


def _classifiers() -> dict[str, Classify]:
    """Ours, the pipeline with the very same weights, and the two others as their authors use them."""
    # scikit-learn and TextBlob take seconds to import, and no other bench needs them.
    from textblob import TextBlob  # noqa: PLC0415
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer  # noqa: PLC0415

    from chalicelib.sentiment import arrays  # noqa: PLC0415
    from chalicelib.sentiment.compiled import CompiledModel  # noqa: PLC0415
    from chalicelib.sentiment.manifest import MODEL_FILE  # noqa: PLC0415
    from chalicelib.sentiment.registry import EMBEDDED  # noqa: PLC0415
    from trainer.compiler import decompile  # noqa: PLC0415

    model = arrays.load((EMBEDDED / MODEL_FILE).read_bytes())
    ours = CompiledModel(model, "bench")
    pipeline = decompile(model)
    vader = SentimentIntensityAnalyzer()
    for text in _texts():
        if not np.allclose(ours.probabilities(text), pipeline.predict_proba([text])[0], atol=1e-4):
            raise RuntimeError(f"the compiled model and the pipeline disagree about {text!r}")
    return {
        "ours": ours.classify,
        "sklearn": lambda text: pipeline.predict_proba([text]),
        "vader": vader.polarity_scores,
        "textblob": lambda text: TextBlob(text).sentiment,
    }


def _spend(classify: Classify, text: str) -> tuple[float, float]:
    """Return the milliseconds of wall clock and of this thread's CPU."""
    wall, cpu = time.perf_counter(), time.thread_time()
    classify(text)
    return (time.perf_counter() - wall) * 1000, (time.thread_time() - cpu) * 1000


def _longest(classify: Classify, rounds: int) -> dict[str, float]:
    """Return the median CPU milliseconds of a text of the greatest length, by what it repeats."""
    found = {}
    for name, part in LONG_TEXTS.items():
        spent = []
        for number in range(max(rounds, 3)):
            filling = part * MAX_TEXT_LENGTH if part else _new_words(number)
            spent.append(_spend(classify, filling[:MAX_TEXT_LENGTH])[1])
        found[name] = round(statistics.median(spent), 3)
    return found


def _new_words(seed: int) -> str:
    letters = np.random.default_rng(seed).choice(list("abcdefghijklmnopqrstuvwxyz"), size=(700, 6))
    return " ".join(map("".join, letters))


def _report(
    texts: int, wall: dict[str, list[float]], cpu: dict[str, list[float]], longest: dict[str, float]
) -> Report:
    figures: dict[str, Any] = {
        "texts": texts,
        "median_ms": {name: round(statistics.median(ones), 4) for name, ones in wall.items()},
        "p99_ms": {name: round(percentile(sorted(ones), 99), 4) for name, ones in wall.items()},
        "cpu_median_ms": {name: round(statistics.median(ones), 4) for name, ones in cpu.items()},
        "cpu_p99_ms": {name: round(percentile(sorted(ones), 99), 4) for name, ones in cpu.items()},
        "longest_cpu_ms": longest,
    }
    median = figures["median_ms"]
    figures["times_faster"] = {
        name: round(median[name] / median["ours"], 1) for name in median if name != "ours"
    }
    figures["longest_ms"] = max(longest.values())
    ok = (
        median["ours"] <= MOST_MEDIAN_MS
        and figures["times_faster"]["sklearn"] >= LEAST_TIMES_SKLEARN
        and figures["longest_ms"] <= MOST_LONGEST_MS
    )
    notes = [
        f"{texts} lines of chat; every classifier is warm and takes its turn on each text.",
        "Ours explains itself too; the pipeline has the very same weights and gives probabilities only.",
        f"A text of {MAX_TEXT_LENGTH:,} characters takes {figures['longest_ms']} ms of CPU at most.",
        f"Due: at most {MOST_MEDIAN_MS:g} ms at the median, {LEAST_TIMES_SKLEARN:g} times less than"
        f" scikit-learn, at most {MOST_LONGEST_MS:g} ms for the longest text: {'met' if ok else 'NOT met'}.",
    ]
    return Report(figures, [_table(figures), _table_of_longest(longest)], notes, ok=ok)


def _table(figures: dict[str, Any]) -> Table:
    keys: Sequence[str] = ("median_ms", "p99_ms", "cpu_median_ms", "cpu_p99_ms")
    rows = [
        [
            LABELS[name],
            *(f"{figures[key][name]:.3f}" for key in keys),
            f"{figures['times_faster'].get(name, 1.0):.1f}",
        ]
        for name in LABELS
    ]
    head = ["one message", "median ms", "p99 ms", "CPU median ms", "CPU p99 ms", "ours is × faster"]
    return Table("Classifying one message, warm", head, rows)


def _table_of_longest(longest: dict[str, float]) -> Table:
    rows = [[name, f"{value:.2f}"] for name, value in longest.items()]
    return Table(f"Ours, {MAX_TEXT_LENGTH:,} characters of", ["", "CPU ms"], rows)
