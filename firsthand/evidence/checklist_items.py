"""The items of the PRISMA extension for scoping reviews, in our own short words. Pure.

Numbers and sections are those of A. C. Tricco and others, "PRISMA extension for scoping reviews
(PRISMA-ScR): checklist and explanation", Annals of Internal Medicine 169 (2018), 467-473: 20
essential items and 2 optional ones (12 and 16).
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Item:
    """An item: its number, the report's section it belongs to, its topic, and what to tell."""

    number: int
    section: str
    topic: str
    tell: str
    optional: bool = False


_SECTIONS: dict[str, list[tuple[int, str, str]]] = {
    "Title": [(1, "Title", "That this is a scoping review.")],
    "Abstract": [
        (2, "Structured summary", "In short: why, how, what was found, what follows from it."),
    ],
    "Introduction": [
        (3, "Rationale", "Why it is needed, and why a scoping review is the right kind."),
        (4, "Objectives", "What is asked: about whom, about what, and where."),
    ],
    "Methods": [
        (5, "Protocol", "Whether there is a protocol, where it can be read, its registration."),
        (6, "Eligibility criteria", "What a source had to be to be included, and why."),
        (7, "Information sources", "Where was searched, when last, and whom you asked."),
        (8, "Search", "The whole search of at least one database, so it can be run again."),
        (9, "Selection of sources", "How sources were chosen: by screening, and by eligibility."),
        (10, "Charting", "How data were taken from the sources, by whom, how checked."),
        (11, "Data items", "Every item that was charted, and what was taken for granted."),
        (12, "Critical appraisal", "If sources were appraised: why, how, and what for."),
        (13, "Synthesis", "How what was charted was put together."),
    ],
    "Results": [
        (14, "Selection of sources", "How many were screened, read, included, with a diagram."),
        (15, "Characteristics", "What each source is like, with its citation."),
        (16, "Critical appraisal", "If sources were appraised: what came of it."),
        (17, "Each source's results", "What each source says to the question."),
        (18, "Synthesis", "What they say together."),
    ],
    "Discussion": [
        (19, "Summary", "The main findings, and what they mean to whom."),
        (20, "Limits", "Where this review falls short."),
        (21, "Conclusions", "What follows, and what should come next."),
    ],
    "Funding": [(22, "Funding", "Who paid for the review and for the sources, and their part.")],
}
_OPTIONAL = (12, 16)
ITEMS: tuple[Item, ...] = tuple(
    Item(number, section, topic, tell, number in _OPTIONAL)
    for section, rows in _SECTIONS.items()
    for number, topic, tell in rows
)
BY_NUMBER = {each.number: each for each in ITEMS}
ESSENTIAL = sum(not each.optional for each in ITEMS)
