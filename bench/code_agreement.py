"""How long agreement on every code takes: CPU seconds, and beside a count character by character.

    PYTHONPATH=. .venv/bin/python bench/code_agreement.py --documents 500 --codes 30

Made-up coding: texts of about 10,000 characters, each coded by two of `--coders`, about two spans
a code, sentences of 90 characters. `--peer` times the package krippendorff on one code of it, when
it is installed (GPL: an oracle for checking, no part of Firsthand).
"""

import argparse
import resource
import time

import numpy as np

from firsthand.methods.agreement.by_code import by_code
from firsthand.methods.agreement.coded import Document, Span


def made_up(documents, codes, coders, dice):
    """Return texts and spans; the second coder of a text moves or drops what the first coded."""
    names = [f"C{number}" for number in range(coders)]
    texts, spans = [], []
    for number in range(documents):
        length = int(dice.integers(5_000, 15_000))
        ends = (*range(90, length, 90), length)
        one, other = map(str, dice.choice(names, 2, replace=False))
        texts.append(Document(f"t{number}", length, (one, other), ends))
        for code in range(codes):
            for _ in range(int(dice.poisson(2))):
                start = int(dice.integers(0, length - 300))
                end = start + int(dice.integers(40, 250))
                spans.append(Span(f"t{number}", one, f"c{code}", start, end))
                if dice.random() < 0.7:
                    moved = start + int(dice.integers(0, 40))
                    spans.append(Span(f"t{number}", other, f"c{code}", moved, end))
    return texts, spans


def peer(texts, spans, code):
    """Return alpha of one code as krippendorff gives it, and its CPU seconds."""
    import krippendorff

    begun = time.process_time()
    coders = sorted({who for each in texts for who in each.coders})
    begins = dict(
        zip((t.name for t in texts), np.cumsum([0, *(t.length for t in texts)]), strict=False)
    )
    table = np.full((len(coders), sum(each.length for each in texts)), np.nan)
    for each in texts:
        for who in each.coders:
            begin = begins[each.name]
            table[coders.index(who), begin : begin + each.length] = 0
    for each in spans:
        if each.code == code:
            begin = begins[each.document]
            table[coders.index(each.coder), begin + each.start : begin + each.end] = 1
    found = krippendorff.alpha(table, level_of_measurement="nominal", value_domain=[0.0, 1.0])
    return found, time.process_time() - begun


def main():
    """Print CPU seconds, the best and the middle of five."""
    asked = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    asked.add_argument("--documents", type=int, default=500)
    asked.add_argument("--codes", type=int, default=30)
    asked.add_argument("--coders", type=int, default=3)
    asked.add_argument("--peer", action="store_true")
    given = asked.parse_args()
    texts, spans = made_up(given.documents, given.codes, given.coders, np.random.default_rng(1))
    codes = [f"c{number}" for number in range(given.codes)]
    print(
        f"{len(texts):,} texts of {sum(t.length for t in texts):,} characters, {len(spans):,} spans"
    )
    took = []
    for _ in range(5):
        begun = time.process_time()
        found = by_code(texts, spans, codes, np.random.default_rng(2))
        took.append(time.process_time() - begun)
    print(
        f"all {len(codes)} codes with intervals: "
        f"best {min(took):.3f}, middle {sorted(took)[2]:.3f} CPU s"
    )
    if given.peer:
        alpha, seconds = peer(texts, spans, "c0")
        print(f"krippendorff, one code, alpha alone, no interval: {seconds:.3f} CPU s")
        print(f"differs from ours by {abs(alpha - found[0].alpha.value):.1e}")
    print(f"memory at most: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


if __name__ == "__main__":
    main()
