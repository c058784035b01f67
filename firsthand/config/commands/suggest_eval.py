"""`firsthand suggest-eval`: how good the suggestions are on anybody's coded texts."""

import argparse
import sys
from pathlib import Path

from firsthand.methods.suggest import files, trial
from firsthand.methods.suggest.metrics import Figures
from firsthand.methods.suggest.packing import NoModel

HELP = "Measure how well codes are suggested, on texts that people have coded by hand."
_MOST_WRONG = 20  # lines told one by one


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be given."""
    parser.add_argument(
        "--codebook",
        type=Path,
        required=True,
        help='A JSON list of entries, each {"code", "definition", "examples"}.',
    )
    parser.add_argument(
        "--train",
        type=Path,
        help='Coded texts to learn from: on each line {"respondent", "text", "codes"}. '
        "Leave it out to see how well the codebook does alone.",
    )
    parser.add_argument("--test", type=Path, help="Coded texts to ask about, in the same form.")
    parser.add_argument(
        "--folds",
        type=int,
        help="Without --test: split --train in so many parts by respondent, and ask about each "
        "part after learning from the others (5 if you say nothing).",
    )
    parser.add_argument("--seed", type=int, default=0, help="Another number gives another split.")


def run(args: argparse.Namespace) -> int:
    """Print the figures; return 0, or 1 with a sentence that says what to mend."""
    try:
        return _run(args)
    except (files.Unusable, NoModel, ValueError) as why:
        sys.stderr.write(f"{why}\n")
        return 1


def _run(args: argparse.Namespace) -> int:
    if not args.train and not args.test:
        raise ValueError("Give --test, or --train, or both. --help explains them.")
    if args.test and args.folds:
        raise ValueError("Give --test or --folds, not both: with --test nothing is held back.")
    book = files.codebook(args.codebook)
    _tell(book.wrong)
    train, test = _coded(args.train, book), _coded(args.test, book)
    if args.test:
        sys.stderr.write(_known_already(book, train, test))
        answers = trial.once(book.entries, train, test)
    else:
        answers = trial.in_parts(book.entries, train, args.folds or 5, args.seed, _progress)
    sys.stdout.write(_table(trial.summed(answers)))
    return 0


def _coded(place: Path | None, book: files.Codebook) -> tuple[files.Coded, ...]:
    if place is None:
        return ()
    read = files.rows(place, {each.code for each in book.entries})
    _tell(read.wrong)
    sys.stderr.write(f"{place.name}: {len(read.coded)} lines used, {len(read.wrong)} left out.\n")
    return read.coded


def _tell(wrong: tuple[str, ...]) -> None:
    for line in wrong[:_MOST_WRONG]:
        sys.stderr.write(f"Left out: {line}\n")
    if len(wrong) > _MOST_WRONG:
        sys.stderr.write(f"Left out: {len(wrong) - _MOST_WRONG} more like these.\n")


def _known_already(
    book: files.Codebook, train: tuple[files.Coded, ...], test: tuple[files.Coded, ...]
) -> str:
    known = {each.strip().lower() for entry in book.entries for each in entry.examples}
    known |= {each.text.strip().lower() for each in train}
    seen = sum(each.text.strip().lower() in known for each in test)
    return f"{seen} of the {len(test)} texts asked about also stand in what is learned from.\n"


def _progress(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def _table(found: Figures) -> str:
    lines = [
        ("recall@1", found.recall_1, "of all (text, true code) pairs, first suggestion only"),
        ("recall@3", found.recall_3, "of all (text, true code) pairs, first three"),
        ("recall@3 by text", found.recall_3_by_text, "the same, as a mean over texts"),
        ("macro recall@3", found.macro_recall_3, "mean over the codes met, rare ones too"),
        ("micro F1", found.micro_f1, "codes whose score says yes, all together"),
        ("macro F1", found.macro_f1, "the same, as a mean over the codes met"),
    ]
    rows = "".join(f"{name:<18}{value:.3f}  {meaning}\n" for name, value, meaning in lines)
    return (
        f"{found.texts} texts, {found.pairs} pairs, {found.codes} codes met; "
        f"nothing suggested for {found.nothing}\n{rows}"
    )
