"""DOIs and PubMed numbers in one form.

Forms: the DOI Handbook (International DOI Foundation, 2023), section 2.2: prefix "10." and a
registrant, a slash, a suffix; case does not matter. Anything else counts as no DOI.
"""

import html
import re

_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/[^\s\"]+")
_CODED = re.compile(r"%([2-7][0-9A-Fa-f])")  # as in an address: "%2F" for "/"
_TAIL = ".,;:)]}'*"
_PMID = re.compile(r"(?<!\d)\d{1,8}(?!\d)")
_PREPRINT_PREFIXES = (
    "10.1101/",  # bioRxiv and medRxiv
    "10.48550/",  # arXiv
    "10.31234/",  # PsyArXiv
    "10.31235/",  # SocArXiv
    "10.31219/",  # OSF Preprints
    "10.2139/ssrn",
    "10.21203/rs",  # Research Square
    "10.20944/preprints",
    "10.26434/chemrxiv",
    "10.36227/techrxiv",
    "10.22541/au.",  # Authorea
    "10.7287/peerj.preprints",
    "10.12688/f1000research.preprint",
)


def doi(text: str) -> str:
    """The DOI in lower case without resolver or trailing marks; "" when there is none."""
    if not text:
        return ""
    text = html.unescape(text) if "&" in text else text
    found = _DOI.search(_CODED.sub(_sign, text) if "%" in text else text)
    if found is None:
        return ""
    bare = found.group().lower()
    if "(sici)" not in bare:  # only these old ones hold "<": elsewhere it begins a tag
        bare = bare.partition("<")[0].partition(">")[0]
    # A bracket that opened inside the suffix belongs to it: 10.1016/s0140-6736(05)66421-1
    while bare[-1] in _TAIL and not (bare[-1] == ")" and bare.count("(") >= bare.count(")")):
        bare = bare[:-1]
    return bare


def _sign(coded: re.Match[str]) -> str:
    return chr(int(coded.group(1), 16))


def pmid(text: str) -> str:
    """The PubMed number without leading noughts; "" when there is none."""
    found = _PMID.search(text)
    return found.group().lstrip("0") if found and "pmc" not in text.lower() else ""


def is_preprint(doi_: str) -> bool:
    """Whether a DOI in that form was given out by a preprint server."""
    return doi_.startswith(_PREPRINT_PREFIXES)
