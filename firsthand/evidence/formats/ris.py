"""RIS in every dialect: Ovid, EBSCO, Embase, Scopus, Web of Science, ProQuest, EndNote, Zotero.

Source: Research Information Systems, RIS format specification (2001 and 2011), and the exports
themselves. Where dialects disagree, the order in `PLAN` decides: T2 is the journal for EndNote,
Zotero and Scopus, JF for Ovid and Embase; L3 is the DOI for EBSCO, and N2 the abstract for Ovid.
"""

import re
from collections.abc import Iterable

from firsthand.evidence.formats import identifiers, kinds
from firsthand.evidence.formats.building import Fields, Plan, Read, build, checked
from firsthand.evidence.formats.reference import Format, Problem
from firsthand.evidence.formats.ris_records import records

PLAN = Plan(
    format=Format.RIS.value,
    title=("TI", "T1", "CT", "BT", "ST"),
    authors=("AU", "A1"),
    editors=("ED", "A2", "A3"),
    year=("PY", "Y1", "YR", "DA"),
    container=("JF", "T2", "JO", "JA", "J2", "J1", "BT"),
    volume=("VL", "VO"),
    issue=("IS", "CP"),
    pages=("SP", "PP"),
    last_page=("EP",),
    abstract=("AB", "N2"),
    doi=("DO", "DI", "L3"),
    linked_doi=("UR", "L2", "LK", "L1"),
    pmid=("PM", "pmid"),
    numbers=("SN",),
    url=("UR", "L2", "LK"),
    keywords=("KW", "K1"),
    language=("LA",),
    besides=("TY", "AN", "DB", "DP"),
)
_PUBMED = re.compile(r"(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)/(\d{1,9})")
_NLM = {"NLM", "PUBMED", "MEDLINE"}


def read(texts: Iterable[str]) -> Read:
    """Yield the references and problems of a RIS file."""
    for found in records(texts):
        if isinstance(found, Problem):
            yield found
            continue
        fields = PLAN.grouped(found.raw)
        if pmid := _pmid(fields):
            fields["pmid"] = [pmid]
        reference = build(PLAN, fields, found.raw, found.line, _kind(fields))
        if reference.title and reference.year is not None:
            yield reference
        else:
            yield from checked(PLAN, fields, reference)


def _kind(fields: Fields) -> str:
    return kinds.from_ris(fields["TY"][0]) if "TY" in fields else kinds.UNKNOWN


def _is_pubmed(fields: Fields) -> bool:
    named = (value.strip().upper() for name in ("DB", "DP") for value in fields.get(name, ()))
    return not _NLM.isdisjoint(named)


def _pmid(fields: Fields) -> str:
    """PubMed's number: in AN where PubMed is named, or at the end of a PubMed address."""
    if "AN" in fields and _is_pubmed(fields):
        return identifiers.pmid(fields["AN"][0])
    for name in ("UR", "L2"):
        for value in fields.get(name, ()):
            if "ncbi.nlm.nih.gov/" in value and (found := _PUBMED.search(value)):
                return found[1]
    return ""
