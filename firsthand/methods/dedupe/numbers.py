"""Pages, volumes and numerals in one form.

Short last pages are written out ("123-9" is 123 to 129), as the ICMJE's and the National Library
of Medicine's styles abbreviate them (Citing Medicine, 2nd ed., chapter 1). Spreadsheets turn
"6-10" into "06-Oct": that is turned back.
"""

import re
from itertools import pairwise

from firsthand.methods.dedupe.words import listed, words

_MONTHS = listed("jan feb mar apr may jun jul aug sep oct nov dec")
_EXCEL = re.compile(r"^(?:(\d{1,2})-([a-z]{3})|([a-z]{3})-(\d{1,2}))$")
_RANGE = re.compile(r"([a-z]{0,4})\.?\s*(\d+)([a-z]{0,2})(?:\s*[-:]+\s*([a-z]{0,4})\s*(\d+))?")
_SAYS_PAGE = words("p pp pg page art arti icle cle article no")
_ROMAN_PAGES = re.compile(r"^([ivxlc]+)(?:\s*-+\s*([ivxlc]+))?$")
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"))
_NUMBER = re.compile(r"\d+")
_WORDS = {
    word: str(at // 2 + 1)
    for at, word in enumerate(
        listed(
            "one first two second three third four fourth five fifth six sixth seven seventh "
            "eight eighth nine ninth ten tenth"
        )
    )
}
_ROMAN = {
    "ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9",
    "xi": "11", "xii": "12", "xiii": "13", "xiv": "14", "xv": "15",
}  # fmt: skip
_SINGLE = {"i": "1", "v": "5", "x": "10"}  # numerals only after a word that is counted
_COUNTED = words(
    "part parts volume vol phase stage type study paper report chapter section "
    "teil partie parte tome class level grade chunk"
)
_LETTERS = {letter: str(at + 1) for at, letter in enumerate("abcdefgh")}

Pages = tuple[str, str]


def pages(text: str) -> Pages:
    """First and last page; "" for what is not known. "e26036" and "S12" keep their letters."""
    low = text.strip().lower()
    if not low:
        return "", ""
    low = low.translate(_DASHES)
    roman = _ROMAN_PAGES.match(low)
    if roman:
        return roman.group(1), roman.group(2) or ""
    ranges = [_pages(found) for found in _RANGE.finditer(_from_excel(low))]
    return min(ranges, key=_place) if ranges else ("", "")


def _pages(found: re.Match[str]) -> Pages:
    letter, first, tail, _, last = found.groups()
    letter = "" if letter in _SAYS_PAGE else letter
    first = first if letter else first.lstrip("0")
    return letter + first + tail, letter + _whole(first, last) if last else ""


def _place(pages: Pages) -> tuple[int, int]:
    """Where pages stand among several ranges of one paper: plain numbers first."""
    return len(pages[0]), int(bare(pages[0]) or 0)


def bare(page: str) -> str:
    """A page's digits: databases drop the letters of supplements ("S345", "viii108")."""
    return "".join(each for each in page if each.isdigit())


def _from_excel(text: str) -> str:
    found = _EXCEL.match(text)
    if found is None:
        return text
    day, month, month_first, day_last = found.groups()
    name = month or month_first
    if name not in _MONTHS:
        return text
    number = str(_MONTHS.index(name) + 1)
    return f"{int(day)}-{number}" if month else f"{number}-{int(day_last)}"


def _whole(first: str, last: str) -> str:
    last = last.lstrip("0") or last
    return first[: len(first) - len(last)] + last if len(last) < len(first) else last


def volume(text: str) -> str:
    """The volume's first number, or its folded text when it has none; "" when unknown."""
    found = _NUMBER.search(text)
    if found:
        return found.group().lstrip("0")
    low = text.strip().lower()
    if low in _ROMAN or low in _SINGLE:
        return _ROMAN.get(low) or _SINGLE[low]
    return ""


def numerals(words: list[str]) -> tuple[str, ...]:
    """The numbers in a title's words, in order: digits, Roman, spelt out, "Part B"."""
    found = []
    before = ""
    for word in words:
        number = _numeral(word, before)
        if number:
            found.append(number)
        before = word
    return tuple(found)


def _numeral(word: str, before: str) -> str:
    if word.isdigit():
        return word.lstrip("0") or "0"
    if word in _ROMAN:
        return _ROMAN[word]
    if before in _COUNTED and (word in _SINGLE or word in _LETTERS):
        return _SINGLE.get(word) or _LETTERS[word]
    return _WORDS.get(word, "")


def is_part(words: str) -> bool:
    """Whether a title says that it is one of several: "Part 2", "phase II", "Teil 3"."""
    each = words.split()
    return any(a in _COUNTED and _numeral(b, a) for a, b in pairwise(each))
