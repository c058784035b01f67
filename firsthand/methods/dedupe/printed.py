"""Where a report stands in print, and what that proves.

A place is a container, a volume and pages. Two papers can share a first page (short pieces, meeting
abstracts) but not three whole pages, nor an article number. Where pages begin anew with each issue
or each article, the same low pages prove it only together with the issue.
"""

from firsthand.methods.dedupe.comparing import CLOSE, OTHER, SAME, Evidence
from firsthand.methods.dedupe.facts import Facts

_LOW = 20  # a first page below this may be that of any article
_WHOLE_ISSUE = 200  # pages that an issue seldom has
_LONG_NUMBER = 6  # signs of an article number


def placed(seen: Evidence) -> bool:
    """The same first page, and the same volume or container; none of them other."""
    return (
        seen.pages >= CLOSE
        and min(seen.volume, seen.container) > OTHER
        and max(seen.volume, seen.container) == SAME
    )


def identified(seen: Evidence) -> bool:
    """The same DOI or PubMed number."""
    return seen.doi == SAME or seen.pmid == SAME


def against(seen: Evidence) -> int:
    """How many fields speak against one report."""
    fields = (seen.container, seen.volume, seen.pages, seen.doi, seen.pmid, seen.year)
    return fields.count(OTHER)


def same_pages(one: Facts, other: Facts, seen: Evidence) -> bool:
    """The same three or more pages of one volume, or the same article number of one journal."""
    if seen.pages < SAME or seen.year < CLOSE:
        return False
    if min(seen.doi, seen.pmid, seen.volume) == OTHER:
        return False
    if article_number(one.first):
        return seen.container == SAME and seen.year == SAME
    if seen.volume != SAME or span(one) < 2 or one.last != other.last:
        return False
    anew = int(one.first) < (_WHOLE_ISSUE if seen.issue == OTHER else _LOW)
    return not anew or (seen.issue == SAME and seen.container == SAME)


def begins_alone(one: Facts, other: Facts, seen: Evidence) -> bool:
    """The same first page of one volume of one journal, for a paper of three pages or more.

    Only short pieces share a page with others: no second paper by the same people begins there.
    """
    place = (seen.container, seen.volume, seen.year)
    if min(place) < SAME or seen.pages < CLOSE or max(span(one), span(other)) < 2:
        return False
    return one.first.isdigit() and (int(one.first) >= _LOW or seen.issue == SAME)


def telling_pages(one: Facts, other: Facts, seen: Evidence) -> bool:
    """Pages that agree and are not those with which any article may begin."""
    low = one.first.isdigit() and int(one.first) < _LOW
    whole = seen.pages == SAME and span(one) > 0 and one.last == other.last
    nearly = seen.year == SAME and min(span(one), span(other)) > 1
    return seen.pages >= CLOSE and not low and (whole or nearly or seen.volume == SAME)


def article_number(page: str) -> bool:
    """ "e0191240", "cd006828": a number that one paper of a journal has and no other."""
    return len(page) >= _LONG_NUMBER and page[0].isalpha() and page[-4:].isdigit()


def span(facts: Facts) -> int:
    """How many pages the last is after the first; 0 when that is not known."""
    if not (facts.first.isdigit() and facts.last.isdigit()):
        return 0
    return int(facts.last) - int(facts.first)
