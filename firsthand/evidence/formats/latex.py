"""Letters and signs as LaTeX writes them, as letters and signs.

Source: Lamport, "LaTeX: A Document Preparation System" (1994), accents and special symbols. What
is not known stays as it stands, without braces; mathematics between dollar signs is left alone.
"""

# ruff: noqa: RUF001 - signs that look like others are what this file is about

import re
import unicodedata

_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", '"': "\u0308", "=": "\u0304",
    ".": "\u0307", "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "k": "\u0328",
    "r": "\u030a", "d": "\u0323", "b": "\u0331",
}  # fmt: skip
_SIGNS = {
    "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł",
    "aa": "å", "AA": "Å", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ",
    "dag": "†", "copyright": "©", "pounds": "£", "euro": "€", "ldots": "…", "dots": "…",
    "textendash": "–", "textemdash": "—", "textquoteright": "’", "textquoteleft": "‘",
    "textquotedblleft": "“", "textquotedblright": "”", "textasciitilde": "~",
    "textbackslash": "\\", "textregistered": "®", "texttrademark": "™", "textdegree": "°",
    "times": "×", "pm": "±", "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "mu": "µ",
    "geq": "≥", "leq": "≤", "ge": "≥", "le": "≤",
}  # fmt: skip
_STYLES = "emph|textit|textbf|textsc|textrm|textsf|texttt|textup|textsuperscript|textsubscript"

_ACCENT_SIGN = re.compile(r"\\([`'^~\"=.])(?:\s*\{\s*(\\[ij]|[A-Za-z])\s*\}|\s*(\\[ij]|[A-Za-z]))")
_ACCENT_LETTER = re.compile(r"\\([uvHckrdb])(?:\s*\{\s*(\\[ij]|[A-Za-z])\s*\}|\s+([A-Za-z]))")
_STYLE = re.compile(rf"\\(?:{_STYLES})\s*(?=\{{)|\\(?:it|bf|em|rm|sc|tt)\b\s*")
_COMMAND = re.compile(r"\\([A-Za-z]+)(?:\{\}|\s+|(?![A-Za-z]))")
_ESCAPED = re.compile(r"\\([&%$#_{}])")
_BRACES = re.compile(r"(?<!\\)[{}]")


def plain(value: str) -> str:
    """Return the value with LaTeX's commands as the letters they stand for."""
    if "\\" in value:
        value = _STYLE.sub("", value)
        value = _ACCENT_SIGN.sub(lambda found: _accented(found[2] or found[3], found[1]), value)
        value = _ACCENT_LETTER.sub(lambda found: _accented(found[2] or found[3], found[1]), value)
        value = _COMMAND.sub(lambda found: _SIGNS.get(found[1], found[0]), value)
    if "{" in value or "}" in value:
        value = _BRACES.sub("", value)
    value = _ESCAPED.sub(r"\1", value)
    value = value.replace("---", "—").replace("--", "–").replace("``", "“").replace("''", "”")
    return re.sub(r"(?<!\\)~", " ", value)


def _accented(letter: str, accent: str) -> str:
    return unicodedata.normalize("NFC", letter.lstrip("\\") + _ACCENTS[accent])
