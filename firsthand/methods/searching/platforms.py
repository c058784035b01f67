"""What each database's platform understands, as facts from its own help pages (read in 2026).

Sources: Ovid, "Advanced Searching Techniques" (ovid.com/site/help); ProQuest, "Search Tips"
(proquest.libguides.com/proquestplatform/tips); EBSCO Connect, "Using Wildcards and Truncation" and
"Proximity Searches" (help.ebsco.com); Clarivate, "Search Rules" and "Wildcards"
(webofscience.help.clarivate.com); National Library of Medicine, "PubMed User Guide"
(pubmed.ncbi.nlm.nih.gov/help); Elsevier, "How do I search for a document" (Scopus Support).
"""

from dataclasses import dataclass, field

from firsthand.methods.searching.blocks import ANY, ONE, OPTIONAL, Thesaurus


@dataclass(frozen=True)
class Platform:
    """`signs`: how it writes each wildcard; one that is missing it does not have.

    `before`: letters that must stand before `*`; `after`: letters that must follow `*` at
    the beginning of a word, None where a word may not begin with it. `inside`: whether `*` may
    stand within a word. `in_phrase`: its wildcards that work within a phrase; where `last_only`,
    at the phrase's end alone. `pairs_only`: nearness is of one word to one word.
    """

    key: str
    name: str
    signs: dict[str, str] = field(hash=False)
    before: int
    after: int | None
    inside: bool
    in_phrase: frozenset[str]
    last_only: bool
    thesaurus: frozenset[Thesaurus]
    always: tuple[str, ...] = ()
    pairs_only: bool = False


_ALL = frozenset((ANY, ONE, OPTIONAL))

OVID = Platform(
    "ovid", "Ovid (APA PsycInfo)", {ANY: "*", ONE: "#", OPTIONAL: "?"}, 1, None, False, _ALL, False,
    frozenset({Thesaurus.APA}),
    ("Use Advanced Search with “Map Term to Subject Heading” switched off.",),
)  # fmt: skip
PROQUEST = Platform(
    "proquest", "ProQuest (ASSIA)", {ANY: "*", ONE: "?"}, 1, 1, True, _ALL, False,
    frozenset({Thesaurus.ASSIA}),
    ("ProQuest's * stands for five letters at most: write long endings out.",),
)  # fmt: skip
EBSCO = Platform(
    "ebsco", "EBSCOhost", {ANY: "*", ONE: "?", OPTIONAL: "#"}, 1, None, True, _ALL, False,
    frozenset({Thesaurus.APA}),
    ("Switch the expanders off (related words, equivalent subjects, full text).",),
)  # fmt: skip
WOS = Platform(
    "wos", "Web of Science (SSCI)", {ANY: "*", ONE: "?", OPTIONAL: "$"}, 3, 3, True,
    frozenset({ANY, ONE}), False, frozenset(),
    ("Choose the Social Sciences Citation Index, and say whether Exact Search was on.",),
)  # fmt: skip
PUBMED = Platform(
    "pubmed", "PubMed", {ANY: "*"}, 4, None, False, frozenset({ANY}), True,
    frozenset({Thesaurus.MESH}),
    ("PubMed looks for a phrase it has not in its index as single words: see Search Details.",),
)  # fmt: skip
SCOPUS = Platform(
    "scopus", "Scopus", {ANY: "*", ONE: "?"}, 1, 1, True, _ALL, False, frozenset(),
    ("Paste it into Advanced document search.",), pairs_only=True,
)  # fmt: skip

PLATFORMS = {each.key: each for each in (OVID, PROQUEST, EBSCO, WOS, PUBMED, SCOPUS)}
