"""The report on how good suggestions are, from files; what cannot be used is told and left out."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from firsthand.methods.suggest import files, trial
from firsthand.methods.suggest.metrics import Figures
from firsthand.methods.suggest.packing import NoModel

__all__ = ["NoModel", "Wanted", "write"]
Writer = Callable[[str], object]
_MOST_WRONG = 20  # lines told one by one


@dataclass(frozen=True)
class Wanted:
    """What to measure: on `test` (with or without learning from `train`), or `train` in parts."""

    codebook: Path
    train: Path | None
    test: Path | None
    folds: int | None
    seed: int


def write(wanted: Wanted, out: Writer, say: Writer) -> None:
    """Write the figures to `out` and how it goes to `say`. Raises ValueError and NoModel."""
    if not wanted.train and not wanted.test:
        raise ValueError("Give --test, or --train, or both. --help explains them.")
    if wanted.test and wanted.folds:
        raise ValueError("Give --test or --folds, not both: with --test nothing is held back.")
    book = files.codebook(wanted.codebook)
    _tell(book.wrong, say)
    train, test = _coded(wanted.train, book, say), _coded(wanted.test, book, say)
    if test:
        say(_known_already(book, train, test))
        answers = trial.once(book.entries, train, test)
    else:
        parts = 5 if wanted.folds is None else wanted.folds
        answers = trial.in_parts(book.entries, train, parts, wanted.seed, lambda x: say(x + "\n"))
    out(table(trial.summed(answers)))


def _coded(place: Path | None, book: files.Codebook, say: Writer) -> tuple[files.Coded, ...]:
    if place is None:
        return ()
    read = files.rows(place, {each.code for each in book.entries})
    _tell(read.wrong, say)
    say(f"{place.name}: {len(read.coded)} lines used, {len(read.wrong)} left out.\n")
    return read.coded


def _tell(wrong: tuple[str, ...], say: Writer) -> None:
    for line in wrong[:_MOST_WRONG]:
        say(f"Left out: {line}\n")
    if len(wrong) > _MOST_WRONG:
        say(f"Left out: {len(wrong) - _MOST_WRONG} more like these.\n")


def _known_already(
    book: files.Codebook, train: tuple[files.Coded, ...], test: tuple[files.Coded, ...]
) -> str:
    known = {each.strip().lower() for entry in book.entries for each in entry.examples}
    known |= {each.text.strip().lower() for each in train}
    seen = sum(each.text.strip().lower() in known for each in test)
    return f"{seen} of the {len(test)} texts asked about also stand in what is learned from.\n"


def table(found: Figures) -> str:
    """Return the figures as lines of plain text, each with what it means."""
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
