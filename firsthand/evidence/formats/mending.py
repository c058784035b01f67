"""Text as people read it: HTML entities and tags out, white space even.

Only whole entities ("&amp;") and tags that publishers use are touched: "AT&T" and "p < .05" stay.
Entities: HTML Living Standard, section 13.5 (Python's `html` module holds the list).
"""

import html
import re
from html.entities import html5

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_TAG = re.compile("</?[A-Za-z]")
_BREAKING = "p|br|div|li|ul|ol|h[1-6]|sec|title|jats:(?:p|sec|title|list|list-item)"
_INLINE = (
    "i|b|u|em|strong|sub|sup|span|italic|bold|inf|scp|tt|small|big|font|a|roman|underline"
    "|jats:[a-z-]+|mml:[a-z]+|inline-formula|named-content|xref"
)
_BREAK_TAG = re.compile(rf"</?(?:{_BREAKING})(?:\s[^<>]{{0,300}})?/?>", re.IGNORECASE)
_INLINE_TAG = re.compile(rf"</?(?:{_INLINE})(?:\s[^<>]{{0,300}})?/?>", re.IGNORECASE)


def text(value: str) -> str:
    """Return the value on one line, without entities and tags."""
    if value.isascii() and value.isalnum():
        return value  # a volume, an issue, a page
    value = long_text(value)
    return " ".join(value.split()) if "  " in value else value


def long_text(value: str) -> str:
    """Return a text of some length in the same way; two blanks in a row may stay.

    To look for them would take longer than all the rest.
    """
    if "&" in value or "<" in value:
        value = without_markup(value)
    if "\t" in value or "\r" in value or not (value.isascii() or _even(value)):
        return " ".join(value.split())
    if "\n" in value:
        return " ".join(filter(None, map(str.strip, value.split("\n"))))
    return value.strip()


def _even(value: str) -> bool:
    """No white space but blanks: one look for each sign is far quicker than a pattern."""
    return not (
        "\xa0" in value
        or "\u2009" in value
        or "\u2003" in value
        or "\u2002" in value
        or "\u202f" in value
        or "\x85" in value
    )


def without_markup(value: str) -> str:
    """Return the value with entities as letters (twice, for "&amp;lt;") and without tags."""
    for _ in range(2):
        if "&" in value and ";" in value:
            value = _ENTITY.sub(_sign, value)
    return _INLINE_TAG.sub("", _BREAK_TAG.sub(" ", value)) if _TAG.search(value) else value


def _sign(found: re.Match[str]) -> str:
    if found[0][1] == "#":
        return html.unescape(found[0])
    return html5.get(found[0][1:], found[0])  # whole names only: "&notit;" is no "¬it;"
