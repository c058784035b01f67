"""Measures what reading and marking cost: CPU seconds, on made-up texts.

    .venv/bin/python bench/reading.py

Words of blocks marked in a record, words found in a report of 300 pages, shares of 100,000 records
drawn, and the text of a PDF of 100 pages read by the process apart.
"""

import resource
import sys
from functools import partial
from pathlib import Path
from statistics import median
from time import process_time

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from firsthand.evidence import pdfs  # noqa: E402
from firsthand.methods import highlights, shares  # noqa: E402
from firsthand.methods.finding import find  # noqa: E402
from tests.evidence import papers  # noqa: E402

PARTS = (40.0, 30.0, 20.0, 10.0)
DICE = np.random.default_rng(1)
WORDS = [f"word{at}" for at in range(400)] + ["harms", "caf\xe9", "social care", "tenants"]


def text(words: int) -> str:
    return " ".join(DICE.choice(WORDS, size=words))


def cpu(what, times: int) -> tuple[float, float]:
    """Return the median and the 95th in 100 of a thing's CPU, in milliseconds."""
    spent = []
    for _ in range(times):
        begun = process_time()
        what()
        spent.append(1000 * (process_time() - begun))
    return median(spent), float(np.quantile(spent, 0.95))


def told(what: str, spent: tuple[float, float]) -> None:
    print(f"{what}: {spent[0]:.1f} ms of CPU, 95th in 100 {spent[1]:.1f} ms")


def marking() -> None:
    blocks = [[f"word{at}*" for at in range(first, first + 20)] for first in range(0, 80, 20)]
    one = text(250)

    def mark() -> None:
        highlights.marked(one, [highlights.pattern(each) for each in blocks])

    told("marked, 250 words, 4 blocks of 20 terms", cpu(mark, 300))


def finding() -> None:
    for count in (20, 300):
        pages = [text(500) for _ in range(count)]
        told(f"found in {count} pages of 500 words", cpu(partial(find, pages, "social care"), 10))


def sharing() -> None:
    for asked in (1, 2):
        spent = cpu(lambda n=asked: shares.draw(100_000, PARTS, n, np.random.default_rng(1)), 10)
        told(f"shares of 100,000 records, each by {asked}", spent)


def reading() -> None:
    content = papers.pdf(*("\n".join(text(10) for _ in range(50)) for _ in range(100)))
    for name, what in (("checked", lambda: pdfs.check(content)),
                       ("read", lambda: pdfs.texts(content, 100))):  # fmt: skip
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        what()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        print(f"PDF of 100 pages {name}: {after.ru_utime - before:.2f} s of CPU, "
              f"{after.ru_maxrss / 1024:.0f} MB at most")  # fmt: skip


if __name__ == "__main__":
    marking()
    finding()
    sharing()
    reading()
