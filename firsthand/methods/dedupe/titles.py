"""Titles made comparable, and the notices that stand around them.

The U.S. National Library of Medicine's fact sheet "Errata, Retractions, and Other Linked Citations
in PubMed" (2023) names the notices: they are citations of their own, whose titles often repeat the
title of what they are about. A mark such as "RETRACTED:" that a publisher puts before a title is no
notice: the paper is still the same one.
"""

import re
from typing import NamedTuple

from firsthand.methods.dedupe.folding import fold, unmarked
from firsthand.methods.dedupe.words import words

_MARK = re.compile(
    r"^\W*(?:retracted(?:\s+(?:article|paper))?|withdrawn)\s*[:.\]\-\u2013\u2014]+\s*", re.I
)
_ANSWER = "comments?|commentary|reply|replies|response|rejoinder|rebuttal|discussion"
_BEFORE = re.compile(
    r"(?P<correction>(?:author |publisher |editorial )?(?:erratum|errata|corrigend(?:um|a)|"
    r"corrections?|addendum|amendment|clarification)\b"
    r"(?: (?:to|for|in|of|on|regarding)\b)?(?: the)?(?: (?:article|paper)\b)?)|"
    r"(?P<retraction>(?:(?:notice|statement) of )?(?:partial )?(?:retraction|removal|withdrawal|"
    r"expression of concern)\b(?: (?:to|of|for|notice|note)\b)*)|"
    r"(?P<comment>(?:(?:an?|invited|editorial|brief|further|some) )*"
    rf"(?:(?:{_ANSWER}|remarks?) (?:on|to|by|of|from|about|regarding|re)\b(?: article\b)?|"
    r"(?:the )?authors? (?:reply|response|respond)\b|in (?:reply|response)(?: to)?\b|re (?=\w)|"
    r"letter (?:to the editor )?(?:re|regarding|concerning|on|about)\b))",
)
_BEHIND = re.compile(
    r"(?:\s*[:;.,(\[]|\s+[-\u2013\u2014]+|--)\s*(?:"
    r"(?P<correction>erratum|errata|corrigendum|corrigenda|correction)|"
    r"(?P<retraction>retraction(?: notice)?(?: of.*)?|expression of concern)|"
    r"(?P<comment>(?:a |an |the |invited |author'?s'? |authors'? |editorial )*"
    rf"(?:{_ANSWER})(?: (?:to|from|by|on) .*)?))[\])\s.]*$",
    re.I,
)
_HINTS = ("rrat", "rrig", "rrection", "etraction", "oncern", "epl", "esponse", "omment",
          "ejoin", "ebutt", "iscussion")  # fmt: skip
_VOL_NOTE = re.compile(r" vol (?:\d+|[ivx]+)(?: \w+){0,2} (?:pg|p|pp|page|pages|e|art|s)\b.*$")
_PROTOCOL = re.compile(
    r"\b(?:study protocol|trial protocol|a protocol|protocol (?:for|of) (?:a|an|the)|"
    r"rationale and design|design and rationale)\b|protocol$"
)
_NOTES = re.compile(
    r"\s*[\[(](?:(?:meeting |conference |poster |published )?abstract|letter|editorial|comments?|"
    r"review|electronic|article in|see comment|(?:published )?erratum (?:appears|in)|corrected|"
    r"retracted|in process|summary for|republished|reprint|update of|original report|chinese|czech|"
    r"danish|dutch|french|german|hungarian|italian|japanese|korean|norwegian|polish|portuguese|russian|"
    r"spanish|swedish|turkish)\b[^\[\]]*[\])]?\.?(?=\s|,|$)|\s*<original>.*$",
    re.I,
)
_COMMON = words(
    "a about abstract abstracts acknowledgement acknowledgements acknowledgment acknowledgments "
    "address an and announcement annual answer answers author authors board book calendar call "
    "case chair chairs comment comments commentary conclusion conclusions contents correction "
    "corrigendum cover discussion editor editorial editorials editors erratum events foreword "
    "from guest image in index introduction issue journal letter letters memoriam message new "
    "news note notes obituary of on oral overview page papers poster preface presentation "
    "presentations president proceedings program programme quarterly question quiz re remarks "
    "reply report research response retraction review reviewers reviews section session sessions "
    "special summary supplement table the this to untitled welcome year"
)
_MOSTLY = 0.7  # the share of such words from which a title says little
_SHORT = 20  # letters under which a title says little
_SHORT_OTHER = 6  # the same where a letter may be a word


class Title(NamedTuple):
    """A title's words and letters, what notice it is, and whether it says little."""

    words: str
    letters: str
    notice: str
    protocol: bool
    generic: bool
    short: bool

    @property
    def weak(self) -> bool:
        """Whether many papers may have this title."""
        return self.generic or self.short


def title(text: str) -> Title:
    """The comparable form of a title; `letters` is "" when there is none."""
    if "[" in text or "<" in text or "(" in text:
        text = _NOTES.sub("", text) or text
    if text[:12].lower().lstrip(" \"'[(*").startswith(("retracted", "withdrawn")):
        text = _MARK.sub("", unmarked(text))
    behind, text = _behind(text)
    before, words = _before(fold(text))
    letters = words.replace(" ", "")
    protocol = ("protocol" in words or "rationale" in words) and bool(_PROTOCOL.search(words))
    return Title(words, letters, before or behind, protocol, _generic(words), _short(letters))


def _before(words: str) -> tuple[str, str]:
    """What kind of notice the beginning of a title says it is, and the title it is about."""
    found = _BEFORE.match(words)
    if found is None:
        return "", words
    rest = _VOL_NOTE.sub("", words[found.end() :]).strip()
    return found.lastgroup or "", rest or words


def _behind(text: str) -> tuple[str, str]:
    """What kind of notice the end of a title says it is, and what stands before that."""
    if not any(hint in text for hint in _HINTS):
        return "", text
    found = _BEHIND.search(text)
    if found is None or found.start() < _SHORT:
        return "", text
    return found.lastgroup or "", text[: found.start()]


def _generic(words: str) -> bool:
    """Whether most words stand in many titles: "Editorial", "Letter to the editor"."""
    each = words.split()
    return sum(word in _COMMON or word.isdigit() for word in each) >= _MOSTLY * len(each)


def _short(letters: str) -> bool:
    return len(letters) < (_SHORT if letters.isascii() else _SHORT_OTHER)
