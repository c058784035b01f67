"""How good, how fast and how large suggestions are, beside the peer's recipe on the same parts.

    .venv/bin/python bench/suggest.py --codebook C --rows A [--seeds 3]

The peer's recipe: TF-IDF of words and pairs of words, then a linear support vector machine for each
code. It learns from the coded texts only, as it does at the peer's.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from firsthand.methods.suggest import files, kept, metrics, packing, trial
from firsthand.methods.suggest.building import build
from firsthand.methods.suggest.words import words

SHORT = 25  # words: about the longest that people write in one sentence
TIMES = 200


def main() -> None:
    """Print the figures."""
    args = asked()
    book = files.codebook(args.codebook)
    coded = files.rows(args.rows, {each.code for each in book.entries}).coded
    print("set                          r@1   r@3   r@3 by text  macro r@3  micro F1  macro F1")
    without(book.entries, coded)
    for seed in range(args.seeds):
        parts(book.entries, coded, seed)
    cost(book.entries, coded)


def asked() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--codebook", type=Path, required=True)
    parser.add_argument("--rows", type=Path, required=True)
    parser.add_argument("--seeds", type=int, default=1)
    return parser.parse_args()


def show(name: str, found: metrics.Figures) -> None:
    """Print one line of the table."""
    print(
        f"{name:<28} {found.recall_1:.3f} {found.recall_3:.3f} {found.recall_3_by_text:.3f}"
        f"        {found.macro_recall_3:.3f}      {found.micro_f1:.3f}     {found.macro_f1:.3f}"
        f"   ({found.texts} texts)",
        flush=True,
    )


def without(entries: Sequence[trial.Entry], coded: Sequence[files.Coded]) -> None:
    """Ask with the codebook alone; once without texts that are examples in it."""
    examples = {text.strip().lower() for each in entries for text in each.examples}
    answers = trial.once(entries, (), coded)
    show("codebook alone", trial.summed(answers))
    fresh = [
        answer
        for answer, each in zip(answers, coded, strict=True)
        if each.text.strip().lower() not in examples
    ]
    show("  less its own examples", trial.summed(fresh))


def parts(entries: Sequence[trial.Entry], coded: Sequence[files.Coded], seed: int) -> None:
    """Ask in five parts by respondent, and ask the peer's recipe with the very same parts."""
    show(f"trained, 5 parts, seed {seed}", trial.summed(trial.in_parts(entries, coded, 5, seed)))
    show("  peer's recipe", trial.summed(peer(coded, seed)))


def peer(coded: Sequence[files.Coded], seed: int) -> list[trial.Answer]:
    """Return the peer's answers."""
    codes = sorted({code for each in coded for code in each.codes})
    found: dict[int, trial.Answer] = {}
    for rest, held in trial.split(coded, 5, seed):
        scores = peer_scores([coded[each] for each in rest], [coded[each] for each in held], codes)
        for at, row in zip(held, scores, strict=True):
            ranked = [codes[each] for each in np.argsort(-row, kind="stable")]
            said = [code for code, score in zip(codes, row, strict=True) if score > 0]
            found[at] = trial.Answer(coded[at].codes, tuple(ranked), tuple(said))
    return [found[each] for each in range(len(coded))]


def peer_scores(
    rest: Sequence[files.Coded], held: Sequence[files.Coded], codes: Sequence[str]
) -> np.ndarray:
    """Return how far each held text is on each code's side: (held, codes)."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.svm import LinearSVC

    view = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
    known = view.fit_transform([each.text for each in rest])
    new = view.transform([each.text for each in held])
    scores = np.full((len(held), len(codes)), -9.0)
    for at, code in enumerate(codes):
        truth = [code in each.codes for each in rest]
        if any(truth):
            line = LinearSVC(class_weight="balanced", random_state=0).fit(known, truth)
            scores[:, at] = line.decision_function(new)
    return scores


def cost(entries: Sequence[trial.Entry], coded: Sequence[files.Coded]) -> None:
    """Print sizes, and what loading and asking cost in a process of their own."""
    begun = time.process_time()
    suggester = build(entries, [trial.Confirmed(each.text, each.codes) for each in coded])
    print(f"\nlearning from all {len(coded)} texts: {time.process_time() - begun:.0f} s of CPU")
    raw = kept.to_bytes(suggester)
    model = packing.PLACE.stat().st_size
    print(f"on disk: sentence model {model / 1e6:.1f} MB + suggester {len(raw) / 1e6:.1f} MB")
    short = [each.text for each in coded if 3 <= len(words(each.text)) <= SHORT][:TIMES]
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "suggester.npz").write_bytes(raw)
        (place / "texts.json").write_text(json.dumps(short))
        subprocess.run([sys.executable, "-c", ASKING, folder], check=True, env=os.environ)


ASKING = """
import json, pathlib, sys, time
def memory():
    return int(open("/proc/self/statm").read().split()[1]) * 4096 / 1e6
import numpy
before, begun = memory(), time.process_time()
from firsthand.methods.suggest import kept
folder = pathlib.Path(sys.argv[1])
suggester = kept.from_bytes((folder / "suggester.npz").read_bytes())
suggester.suggest("The first one loads the model.")
print(f"loading: {time.process_time() - begun:.2f} s of CPU, {memory() - before:.0f} MB of memory")
texts = json.loads((folder / "texts.json").read_text())
took = []
for each in texts:
    begun = time.process_time()
    suggester.suggest(each)
    took.append((time.process_time() - begun) * 1000)
took.sort()
print(f"a short text ({len(texts)} of 3 to 25 words): mean {sum(took) / len(took):.1f} ms of CPU, "
      f"median {took[len(took) // 2]:.1f}, 95th in 100 {took[len(took) * 95 // 100]:.1f}")
for size in (10_000, 1_000_000):
    text = (" ".join(texts) * 100)[:size]
    begun = time.process_time()
    suggester.suggest(text)
    print(f"{size:,} characters: {time.process_time() - begun:.2f} s of CPU")
print(f"memory in all: {memory() - before:.0f} MB more than numpy alone")
"""


if __name__ == "__main__":
    main()
