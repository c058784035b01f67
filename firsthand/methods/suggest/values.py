"""What goes into a suggester and what comes out. Plain frozen values."""

from dataclasses import dataclass
from typing import Literal

# shares_words: some of the person's words stand in `near` too.
# close_in_meaning: other words, but the sense is near to `near`.
# learned: passages that coders confirmed look like this one. They are never shown: `near` is "".
ReasonKind = Literal["shares_words", "close_in_meaning", "learned"]
NearKind = Literal["name", "definition", "example", ""]


@dataclass(frozen=True)
class Entry:
    """One entry of a codebook. `code` is unique; definition and examples may be empty."""

    code: str
    name: str
    definition: str = ""
    examples: tuple[str, ...] = ()


@dataclass(frozen=True)
class Confirmed:
    """A passage and the codes that coders agreed on. Codes outside the codebook are passed over."""

    text: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Reason:
    """Why a code is suggested.

    `words` are from the person's own text, most telling first, as they typed them.
    `near` is a sentence of the codebook's entry (its name, definition or one of its examples).
    """

    kind: ReasonKind
    words: tuple[str, ...]
    near: str
    near_kind: NearKind


@dataclass(frozen=True)
class Suggestion:
    """A code that may fit. `score` is above 0 and below 1: about how often such a one is right."""

    code: str
    score: float
    reason: Reason
