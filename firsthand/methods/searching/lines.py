"""One typed line: a synonym, words near to each other, or a subject heading.

A pasted list may part its synonyms with OR, semicolons or tabs, as databases and spreadsheets give
them: they are parted here, never within quotation marks. ValueError carries a sentence for whoever
typed it.
"""

import re
from collections.abc import Iterator

from firsthand.methods.searching.blocks import ANY, WILD, Heading, Near, Term, Thesaurus

LONGEST = 120  # letters of what was typed that a sentence repeats
FEWEST = 2  # letters before a * at the end: with fewer it stands for nearly every word
_PARTS = re.compile(r"[;\t]|\s+OR\s+")
_NEAR = re.compile(r"(?P<these>.+?)\s+NEAR/?(?P<within>\d{1,3})\s+(?P<those>.+)")
_HEADING = re.compile(r"(?P<text>.+?)\s*\((?P<whose>\w+)(?P<alone>,\s*alone)?\)")
_CURLY = {0x201C: '"', 0x201D: '"', 0x201E: '"', 0x2019: "'"}


def parted(text: str) -> list[str]:
    """Part a box, or a pasted list, into synonyms: never within quotation marks."""
    text = text.translate(_CURLY).replace("\r", "\n")
    return [part for line in text.split("\n") for part in _of_line(line) if part]


def _of_line(line: str) -> Iterator[str]:
    if line.count('"') % 2:  # told as wrong: where it was meant to end is anybody's guess
        yield line.strip()
        return
    pieces = re.split('("[^"]*")', line)
    marked = "".join(p if p.startswith('"') else _PARTS.sub("\0", p) for p in pieces)
    parts = [each.strip() for each in marked.split("\0")]
    if len(parts) > 1 and parts[0].startswith("(") and parts[-1].endswith(")"):
        parts[0], parts[-1] = parts[0][1:].strip(), parts[-1][:-1].strip()
    yield from parts


def term(text: str) -> Term:
    """Make a synonym of a line. Raises ValueError with a sentence for whoever typed it."""
    said = f"“{text[:LONGEST]}”"
    if text.count('"') % 2:
        raise ValueError(f"{said} has one quotation mark too few or too many. Write two, or none.")
    if '"' in text.strip('"'):
        raise ValueError(f"{said}: put each phrase on a line of its own.")
    for word in text.strip('" ').split():
        _check_word(word, said)
    try:
        return Term(text)
    except ValueError as why:
        raise ValueError(f"{said}: {str(why).partition(': ')[2] or why}") from None


def _check_word(word: str, said: str) -> None:
    letters = [each for each in word if each not in WILD]
    if not letters:
        raise ValueError(f"{said}: a {word} stands alone. Join it to a word, as in harm*.")
    if word[-1] == ANY and len(letters) < FEWEST:
        raise ValueError(
            f"{said}: {word} would find nearly every word. Write more letters before the *."
        )


def near(text: str) -> Near:
    text = text.translate(_CURLY)
    found = _NEAR.fullmatch(text)
    if found is None:
        raise ValueError(f"“{text[:LONGEST]}”: write it as in: patient* NEAR/3 view*, experience*")
    sides = [_side(found[key]) for key in ("these", "those")]
    try:
        return Near(sides[0], sides[1], int(found["within"]))
    except ValueError as why:
        raise ValueError(f"“{text[:LONGEST]}”: {why}") from None


def _side(text: str) -> tuple[Term, ...]:
    return tuple(term(each.strip()) for each in text.split(",") if each.strip())


def heading(text: str) -> Heading:
    found, known = (
        _HEADING.fullmatch(text.strip()),
        {each.value.lower(): each for each in Thesaurus},
    )
    if found is None or found["whose"].lower() not in known:
        names = ", ".join(Thesaurus)
        raise ValueError(
            f"“{text[:LONGEST]}”: say in brackets whose heading it is ({names}), as in: "
            "Client Attitudes (APA)"
        )
    try:
        return Heading(found["text"], known[found["whose"].lower()], not found["alone"])
    except ValueError as why:
        raise ValueError(f"“{text[:LONGEST]}”: {why}") from None
