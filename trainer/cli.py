"""The trainer's commands: train, embed, teach, evaluate, baselines, causes, publish, and those of the bucket.

Each imports what it needs itself: scikit-learn and SciPy take seconds, and `--help` should not.
"""

import argparse
import json
import shlex
import sys
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from .cli_bucket import add_bucket, add_learning, bucket_of, client
from .errors import TrainerError

_USAGE_ERROR = 2
_SHOWN_REJECTIONS = 20
_SHOWN_CHARACTERS = 80


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code: 0, or 2 with a sentence on standard error."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    options = _parser().parse_args(given)
    try:
        options.run(options, given)
    except TrainerError as error:
        _say(f"error: {error}")
        return _USAGE_ERROR
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m trainer", description="Train and publish sentiment models."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    command = commands.add_parser("train", help="train a model into a folder")
    command.add_argument("--out", type=Path, required=True, metavar="DIR")
    command.add_argument(
        "--corpus",
        type=Path,
        action="append",
        default=[],
        metavar="FILE.tsv",
        help="further label<TAB>text lines",
    )
    command.add_argument(
        "--sample", type=int, metavar="N", help="only the first N texts of each corpus: a quick try"
    )
    command.add_argument(
        "--hold-out", action="store_true", help="leave out the texts that candidates are measured on"
    )
    command.set_defaults(run=_train)

    command = commands.add_parser("embed", help="train the model inside the application and install it")
    command.add_argument(
        "--build", type=Path, default=Path("build/model"), metavar="DIR", help="where it is trained into"
    )
    command.add_argument("--into", type=Path, metavar="DIR", help="default: the application's folder")
    command.add_argument("--sample", type=int, metavar="N", help="only the first N texts of each corpus")
    command.set_defaults(run=_embed)

    command = commands.add_parser("teach", help="make the teacher's opinions on unlabelled texts again")
    command.set_defaults(run=_teach)

    command = commands.add_parser("evaluate", help="measure a model on labelled texts")
    command.add_argument("--data", type=Path, required=True, metavar="FILE.tsv")
    command.add_argument("--model", type=Path, metavar="DIR", help="default: the one inside the application")
    command.add_argument("--json", action="store_true")
    command.set_defaults(run=_evaluate)

    command = commands.add_parser("baselines", help="measure ours, VADER and TextBlob in one run")
    command.add_argument(
        "--data", type=Path, metavar="FILE.tsv", help="default: every set that the project has"
    )
    command.add_argument("--model", type=Path, metavar="DIR", help="default: the one inside the application")
    command.add_argument("--json", action="store_true")
    command.set_defaults(run=_baselines)

    command = commands.add_parser(
        "causes", help="show what the texts that a model reads wrongly have in common"
    )
    command.add_argument(
        "--data", type=Path, metavar="FILE.tsv", help="default: every set that the project has"
    )
    command.add_argument("--model", type=Path, metavar="DIR", help="default: the one inside the application")
    command.set_defaults(run=_causes)

    command = commands.add_parser("publish", help="upload a model and make it the live one")
    add_bucket(command)
    command.add_argument("--model", type=Path, metavar="DIR", help="default: the one inside the application")
    command.set_defaults(run=_publish)

    add_learning(commands)
    return parser


def _train(options: argparse.Namespace, given: Sequence[str]) -> None:
    from . import artifact, corpora, holdout, sources, train  # noqa: PLC0415

    # Before anything takes long: a file that cannot be read ends the command.
    files = [corpora.read_tsv(path, corpora.FURTHER_WEIGHT) for path in options.corpus]
    read = [corpus.first(options.sample) for corpus in chain(sources.packaged(), files)]
    for corpus in read:
        _say(f"{corpus.name}: {len(corpus.examples)} texts, {len(corpus.rejected)} rejected")
        for reason in corpus.rejected[:_SHOWN_REJECTIONS]:
            _say(f"  {reason}")
        if len(corpus.rejected) > _SHOWN_REJECTIONS:
            _say(f"  … and {len(corpus.rejected) - _SHOWN_REJECTIONS} more")
    kept, held = holdout.split(read)
    examples = [example for corpus in kept for example in corpus.examples]
    again = "" if options.hold_out else ", then to all"
    _say(f"fitting to {len(examples)} texts, measuring on {len(held)}{again}")
    trained = train.train(examples, held, hold_out=options.hold_out)
    learned = kept if options.hold_out else read
    made = artifact.build(trained, learned, f"python -m trainer {shlex.join(given)}")
    artifact.write(artifact.with_content(made, holdout.mark(options.hold_out)), options.out)
    _say(f"model {made.manifest.version} in {options.out}: {trained.metrics}")


def _embed(options: argparse.Namespace, given: Sequence[str]) -> None:
    from . import artifact, embed, evaluation  # noqa: PLC0415

    # The manifest names a command that makes the same model.
    command = ["train", "--hold-out", "--out", str(options.build)]
    if options.sample is not None:
        command += ["--sample", str(options.sample)]
    _train(_parser().parse_args(command), command)
    made = artifact.read(options.build)
    directory = options.into or evaluation.DEFAULT_MODEL
    if embed.install(made, directory):
        _say(
            f"model {made.manifest.version} is installed in {directory}; run the tests before it is committed"
        )
    else:
        _say(f"{directory} already has this model, so nothing was changed")


def _teach(options: argparse.Namespace, given: Sequence[str]) -> None:
    from .teacher.teach import teach  # noqa: PLC0415

    teach()


def _evaluate(options: argparse.Namespace, given: Sequence[str]) -> None:
    from . import evaluation  # noqa: PLC0415

    _show({"ours": evaluation.evaluate(options.data, options.model)}, options.json, only="ours")


def _baselines(options: argparse.Namespace, given: Sequence[str]) -> None:
    from . import evaluation  # noqa: PLC0415

    if options.data is not None:
        _show(evaluation.compare(options.data, options.model), options.json)
        return
    everywhere = evaluation.compare_everywhere(options.model)
    if options.json:
        sys.stdout.write(json.dumps(everywhere) + "\n")
        return
    for name, figures in everywhere.items():
        sys.stdout.write(f"\n{name}\n")
        _show(figures, as_json=False)


def _causes(options: argparse.Namespace, given: Sequence[str]) -> None:
    from . import evaluation  # noqa: PLC0415

    for name, rows in evaluation.causes(options.data, options.model).items():
        sys.stdout.write(f"\n{name}\n")
        for row in rows:
            figures = (
                f"{row.wrong:5} of {row.texts:5} wrong ({row.wrong / row.texts:4.0%}), {row.sure:.2f} sure"
            )
            example = " ".join(row.example.split())[:_SHOWN_CHARACTERS]
            sys.stdout.write(f"{row.cause:>24}  {figures}  {example}\n")


def _publish(options: argparse.Namespace, given: Sequence[str]) -> None:
    from chalicelib.sentiment.registry import EMBEDDED  # noqa: PLC0415

    from . import artifact, publish  # noqa: PLC0415

    made = artifact.read(options.model or EMBEDDED)
    pointer = publish.publish(client("s3"), bucket_of(options), made)
    _say(f"model {pointer.version} is live in {bucket_of(options)}")


def _show(figures: dict[str, dict[str, Any]], as_json: bool, only: str | None = None) -> None:
    if as_json:
        sys.stdout.write(json.dumps(figures[only] if only else figures) + "\n")
        return
    keys = list(next(iter(figures.values())))
    rows = [["", *keys], *([name, *(f"{row[key]}" for key in keys)] for name, row in figures.items())]
    widths = [max(len(row[i]) for row in rows) for i in range(len(keys) + 1)]
    for row in rows:
        sys.stdout.write("  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) + "\n")


def _say(sentence: str) -> None:
    sys.stderr.write(sentence + "\n")
