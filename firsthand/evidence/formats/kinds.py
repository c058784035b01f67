"""What kind of thing a reference is, in the types of CSL 1.0.2, from each format's own words.

Sources: RIS format specification of Research Information Systems (2001, types of reference);
BibTeX (Patashnik 1988, entry types); Web of Science field tags (PT); PubMed publication types.
"""

ARTICLE = "article-journal"
UNKNOWN = "document"

RIS = {
    "JOUR": ARTICLE, "JFULL": ARTICLE, "EJOUR": ARTICLE, "INPR": ARTICLE,
    "MGZN": "article-magazine",
    "NEWS": "article-newspaper", "BOOK": "book", "EBOOK": "book", "EDBOOK": "book",
    "CHAP": "chapter", "ECHAP": "chapter", "CONF": "paper-conference", "CPAPER": "paper-conference",
    "THES": "thesis", "RPRT": "report", "GOVDOC": "report", "STAND": "standard", "ELEC": "webpage",
    "WEB": "webpage", "BLOG": "post-weblog", "DATA": "dataset", "AGGR": "dataset",
    "DBASE": "dataset",
    "PAT": "patent", "CASE": "legal_case", "BILL": "bill", "STAT": "legislation",
    "LEGAL": "legislation", "HEAR": "hearing", "MAP": "map", "UNPB": "manuscript",
    "MANSCPT": "manuscript", "PAMP": "pamphlet", "DICT": "entry-dictionary",
    "ENCYC": "entry-encyclopedia", "SER": "book", "COMP": "software", "SLIDE": "speech",
    "VIDEO": "motion_picture", "MPCT": "motion_picture", "SOUND": "song", "PCOMM":
    "personal_communication", "ABST": ARTICLE, "ART": "graphic", "ADVS": "motion_picture",
    "GEN": UNKNOWN, "MISC": UNKNOWN, "UNBILL": "bill", "CTLG": UNKNOWN, "CLSWK": "classic",
    "ANCIENT": "classic", "CHART": "figure", "EQUA": "figure", "FIGURE": "figure", "GRANT": UNKNOWN,
    "HEARING": "hearing", "ICOMM": "personal_communication", "MUSIC": "musical_score",
    "MULTI": UNKNOWN, "BLAW": "legislation",
}  # fmt: skip

NAMED = {
    "journal article": ARTICLE, "article": ARTICLE, "electronic article": ARTICLE,
    "magazine article": "article-magazine", "newspaper article": "article-newspaper",
    "book": "book", "edited book": "book", "electronic book": "book", "book section": "chapter",
    "book chapter": "chapter", "electronic book section": "chapter", "thesis": "thesis",
    "dissertation": "thesis", "report": "report", "government document": "report",
    "conference paper": "paper-conference", "conference proceedings": "paper-conference",
    "conference proceeding": "paper-conference", "proceedings paper": "paper-conference",
    "meeting abstract": "paper-conference", "web page": "webpage", "website": "webpage",
    "dataset": "dataset", "patent": "patent", "preprint": "article", "review": ARTICLE,
    "unpublished work": "manuscript", "manuscript": "manuscript", "generic": UNKNOWN,
    "article in press": ARTICLE, "editorial": ARTICLE, "letter": ARTICLE, "note": ARTICLE,
    "early access": ARTICLE, "journal": ARTICLE, "journalarticle": ARTICLE,
    "booksection": "chapter",
    "conferencepaper": "paper-conference",
}  # fmt: skip

BIBTEX = {
    "article": ARTICLE, "book": "book", "booklet": "pamphlet", "inbook": "chapter",
    "incollection": "chapter", "inproceedings": "paper-conference", "conference":
    "paper-conference", "proceedings": "book", "manual": "report", "mastersthesis": "thesis",
    "phdthesis": "thesis", "thesis": "thesis", "techreport": "report", "report": "report",
    "unpublished": "manuscript", "misc": UNKNOWN, "online": "webpage", "electronic": "webpage",
    "dataset": "dataset", "software": "software", "patent": "patent", "collection": "book",
    "mvbook": "book", "periodical": "periodical",
}  # fmt: skip

CIW = {"J": ARTICLE, "B": "book", "S": "chapter", "C": "paper-conference", "P": "patent"}


def from_ris(value: str) -> str:
    """Return the kind for what stands after TY; spelt-out names are known too."""
    return RIS.get(value) or RIS.get(value.strip().upper()) or from_words(value)


def from_words(value: str) -> str:
    """Return the kind for a spelt-out name, a RIS type or a CSL type."""
    value = value.strip()
    found = NAMED.get(value.lower()) or RIS.get(value) or BIBTEX.get(value.lower())
    return found or (value if value in _CSL else UNKNOWN)


def to_ris(kind: str) -> str:
    """Return the RIS type for a kind."""
    return _TO_RIS.get(kind, "GEN")


def to_bibtex(kind: str) -> str:
    """Return the BibTeX entry type for a kind."""
    return _TO_BIBTEX.get(kind, "misc")


_CSL = {*RIS.values(), *NAMED.values(), *BIBTEX.values(), "article", "post", "interview", "speech"}
_TO_RIS = {kind: name for name, kind in reversed(RIS.items())}
_TO_RIS |= {UNKNOWN: "GEN", "article": "UNPB", "periodical": "JFULL"}
_TO_BIBTEX = {kind: name for name, kind in reversed(BIBTEX.items())} | {"article": "misc"}
