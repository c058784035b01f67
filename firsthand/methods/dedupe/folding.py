"""Text made comparable: one spelling for what databases write in many ways.

Unicode compatibility decomposition (Unicode Standard Annex 15, form NFKD) without combining marks,
lower case, no mark-up, no punctuation; UTF-8 that was once read as Windows-1252 is read again.
"""

import html
import re
import unicodedata

from firsthand.methods.dedupe.words import listed

_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9:]{0,9}(?:\s[^<>]{0,200})?/?>")
_CODE_POINT = re.compile(r"<U\+(0[0-9A-Fa-f]{3}|[1-9A-Fa-f][0-9A-Fa-f]{3,4})>")  # as R writes them
_BROKEN = re.compile(
    "[\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc"
    "\u2013-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]{2,}"
)
_SIGNS_OF_BREAKING = ("Ã", "Â", "â", "Ä", "Å", "Î", "Ï", "Ð", "Ñ")
_GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρστυφχψως",
        listed(
            "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi "
            "rho sigma tau upsilon phi chi psi omega sigma"
        ),
        strict=True,
    )
)
_OTHER = {"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th"}
_LETTERS = str.maketrans({**_GREEK, **_OTHER, "\u0131": "i", "ħ": "h", "ŧ": "t"})
_APOSTROPHES = dict.fromkeys(map(ord, "'\u2019\u2018`\u00b4\u02bc\u2032"), "")
_PLAIN = {
    **{at: " " for at in range(128) if not chr(at).isalnum()},
    **_APOSTROPHES,
    ord("&"): " and ",
    ord("+"): " plus ",
}
_GAP = re.compile(r"[^\w]+|_+")


def fold(text: str) -> str:
    """Words in lower case with one space between them; "" when there is nothing to compare."""
    if "&" in text or "<" in text:
        text = unmarked(text)
    if not text.isascii():
        text = _ascii_where_it_can(mended(text))
    return " ".join(text.lower().translate(_PLAIN).split())


def squash(text: str) -> str:
    """The same without spaces: "health-care" and "health care" are one."""
    return fold(text).replace(" ", "")


def unmarked(text: str) -> str:
    """Without HTML: entities resolved (also those written twice), tags taken out."""
    for _ in range(2):
        if "&" in text:
            text = html.unescape(text)
    if "<U+" in text:
        text = _CODE_POINT.sub(lambda found: chr(int(found.group(1), 16)), text)
    return _TAG.sub("", text)


def mended(text: str) -> str:
    """Stretches of UTF-8 that were read as Windows-1252 or Latin-1, read as UTF-8 again."""
    if not any(sign in text for sign in _SIGNS_OF_BREAKING):
        return text
    return _BROKEN.sub(lambda found: _read_again(found.group()), text)


def _read_again(text: str) -> str:
    for encoding in ("cp1252", "latin-1"):
        try:
            return text.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
    return text


def _ascii_where_it_can(text: str) -> str:
    spread = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES)).lower()
    bare = "".join(each for each in spread if not unicodedata.combining(each))
    return _GAP.sub(" ", bare.replace("&", " and ").replace("+", " plus ")).translate(_LETTERS)
