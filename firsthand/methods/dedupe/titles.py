"""Titles made comparable, and the notices that stand around them.

The U.S. National Library of Medicine's fact sheet "Errata, Retractions, and Other Linked Citations
in PubMed" (2023) names the notices: they are citations of their own, whose titles often repeat the
title of what they are about. A mark such as "RETRACTED:" that a publisher puts before a title is no
notice: the paper is still the same one.
"""

import re
from typing import NamedTuple

from firsthand.methods.dedupe.folding import fold, unmarked

_MARK = re.compile(r"^\W*(?:retracted(?:\s+(?:article|paper))?|withdrawn)\s*[:.\]\-–—]+\s*", re.I)
_NOTICES = (
    ("correction", re.compile(
        r"^(?:author |publisher |editorial )?(?:erratum|errata|corrigend(?:um|a)|corrections?|"
        r"addendum|errat[ao]|amendment|clarification)\b(?: (?:to|for|in|of|on|regarding))?\b ?"
        r"(?:the )?(?:article|paper)?")),
    ("retraction", re.compile(
        r"^(?:(?:notice of )?(?:partial )?retraction|expression of concern|withdrawal|"
        r"removal notice|retraction notice|statement of retraction)\b(?: (?:to|of|for|notice|note))*\b ?")),
    ("comment", re.compile(
        r"^(?:(?:a |an |invited |editorial |brief |further |some )*(?:comments?|commentary|remarks?|"
        r"response|reply|replies|rejoinder|rebuttal|discussion) (?:on|to|by|of|from|about|regarding|re)\b|"
        r"(?:author|authors|the authors) (?:reply|response|respond)\b|in reply(?: to)?\b|in response to\b|"
        r"re (?=\w)|letter (?:to the editor )?(?:re|regarding|concerning|on|about)\b|"
        r"(?:invited |editorial )?(?:commentary|comment|reply|response|rejoinder|discussion)$) ?")),
)  # fmt: skip
_BEHIND = re.compile(
    r"(?:\s*[:;.,(\[]|\s+[-–—]+|--)\s*(?:(?P<correction>erratum|errata|corrigendum|corrigenda|correction)|"
    r"(?P<retraction>retraction(?: notice)?(?: of.*)?|expression of concern)|"
    r"(?P<comment>(?:a |an |the |invited |author'?s'? |authors'? |editorial )*"
    r"(?:reply|replies|response|comment|commentary|rejoinder|rebuttal)s?(?: (?:to|from|by|on) .*)?))"
    r"[\])\s.]*$",
    re.I,
)
_HINTS = ("rratum", "rrata", "rrigend", "rrection", "etraction", "xpression of", "eply", "eplies", "esponse", "omment", "ejoinder", "ebuttal")
_VOL_NOTE = re.compile(r" vol (?:\d+|[ivx]+)(?: \w+){0,2} (?:pg|p|pp|page|pages|e|art|s)\b.*$")
_STUDY = re.compile(
    r"\b(?:study protocol|trial protocol|protocol (?:for|of) (?:a|an|the)|rationale and design|"
    r"design and rationale|a protocol)\b|protocol$"
)
_NOTES = re.compile(
    r"\s*[\[(](?:(?:meeting |conference |poster |published )?abstract|letter|editorial|comments?\b|review|"
    r"electronic|article in|see comment|erratum|corrected|retract|published erratum|in process|"
    r"summary for|republished|reprint|update of|original report|french|german|spanish|chinese|japanese|"
    r"italian|portuguese|russian|polish|turkish|korean|dutch|hungarian|czech|danish|swedish|norwegian)\b"
    r"[^\[\]]*[\])]?\.?(?=\s|,|$)|\s*<original>.*$",
    re.I,
)
_WEAK_WORDS = frozenset(
    "editorial editorials introduction preface foreword reply response comment comments letter letters "
    "editor editors note notes news abstract abstracts book review reviews correction erratum "
    "corrigendum retraction obituary announcement index contents untitled commentary discussion "
    "conclusion conclusions overview summary report annual special issue guest section from to the "
    "of and in on a an authors author authors this re poster session sessions presentation "
    "presentations oral program programme proceedings supplement welcome message chair chairs "
    "president address research call papers reviewers acknowledgement acknowledgements "
    "acknowledgment acknowledgments table cover page in memoriam question answer answers case "
    "image quiz new year board about calendar events remarks journal quarterly welcome".split()
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
    notice, words = _notice(fold(text))
    letters = words.replace(" ", "")
    protocol = ("protocol" in words or "rationale" in words) and bool(_STUDY.search(words))
    return Title(words, letters, notice or behind, protocol, _generic(words), _short(letters))


def _notice(words: str) -> tuple[str, str]:
    """What kind of notice it is ("" for none), and the title it is about."""
    for kind, pattern in _NOTICES:
        found = pattern.match(words)
        if found:
            rest = _VOL_NOTE.sub("", words[found.end() :]).strip()
            return kind, rest or words
    return "", words


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
    return sum(word in _WEAK_WORDS or word.isdigit() for word in each) >= _MOSTLY * len(each)


def _short(letters: str) -> bool:
    return len(letters) < (_SHORT if letters.isascii() else _SHORT_OTHER)
