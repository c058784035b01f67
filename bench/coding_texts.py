"""How long texts take: reading documents, finding passages again, marking. CPU seconds.

    PYTHONPATH=. .venv/bin/python bench/coding_texts.py

Made-up text of 150,000 characters, also as Word, web page and captions; a PDF of 2,000 pages; 1,000
passages; a change at three places of the text. What a process apart does for a PDF is counted too.
"""

import io
import random
import resource
import sys
from collections.abc import Callable
from dataclasses import dataclass

import docx

from firsthand.codebook import pdf
from firsthand.codebook.documents.reading import read
from firsthand.codebook.exports.pieces import lines
from firsthand.methods.anchoring import Anchor, find_again
from tests.evidence import papers

WORDS = [
    "they",
    "said",
    "that",
    "nobody",
    "asked",
    "before",
    "the",
    "meeting",
    "and",
    "it",
    "was",
    "decided",
    "without",
    "us",
    "again",
]
LENGTH, PASSAGES, PAGES = 150_000, 1_000, 2_000


@dataclass(frozen=True)
class Stretch:
    start: int
    end: int


def text(dice: random.Random) -> str:
    said, long = [], 0
    while long < LENGTH:
        said.append(f"{' '.join(dice.choices(WORDS, k=dice.randint(8, 25)))} {dice.random():.6f}.")
        long += len(said[-1]) + 1
    return "\n".join(said)


def as_word(words: str) -> bytes:
    made, out = docx.Document(), io.BytesIO()
    for line in words.split("\n"):
        made.add_paragraph(line)
    made.save(out)
    return out.getvalue()


def spent() -> float:
    return sum(
        each.ru_utime + each.ru_stime
        for each in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def timed(what: str, do: Callable[[], object], times: int = 3) -> None:
    found = []
    for _ in range(times):
        begun = spent()
        do()
        found.append(spent() - begun)
    print(f"{what}: best {min(found):.3f}, middle {sorted(found)[times // 2]:.3f} CPU s")


def main() -> None:
    dice = random.Random(2023)
    words = text(dice)
    cues = "\n\n".join(
        f"00:00:{n % 60:02}.000 --> 00:00:{n % 60:02}.900\n<v P{n % 5}>{line}"
        for n, line in enumerate(words.split("\n"))
    )
    page = "<html><body>" + "".join(f"<p>{line}</p>" for line in words.split("\n"))
    word = as_word(words)
    pages = papers.pdf(*(f"Page {n}\n" + words[n * 60 : n * 60 + 60] for n in range(PAGES)))
    timed("plain text", lambda: read(words.encode(), "a.txt"))
    timed("captions", lambda: read(f"WEBVTT\n\n{cues}".encode(), "a.vtt"))
    timed("web page", lambda: read(page.encode(), "a.html"))
    timed("Word", lambda: read(word, "a.docx"))
    timed(f"PDF of {PAGES} pages", lambda: read(pages, "a.pdf", pdf.pages), times=1)
    starts = [dice.randrange(len(words) - 200) for _ in range(PASSAGES)]
    anchors = [
        Anchor(
            at, at + 80, words[at : at + 80], words[max(at - 32, 0) : at], words[at + 80 : at + 112]
        )
        for at in starts
    ]
    after = "New. " + words[:50_000] + words[50_100:100_000] + " changed " + words[100_000:]
    found = list(find_again(words, after, anchors))
    timed(f"{PASSAGES} passages found again", lambda: list(find_again(words, after, anchors)))
    print(f"  lost {sum(each.is_lost for each in found)}")
    places = [Stretch(at, at + 80) for at in starts]
    timed("the text in pieces", lambda: lines(words, places))
    print(
        f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB", sys.version
    )


if __name__ == "__main__":
    main()
