"""From evidence to an answer: merge, ask a person, link, or nothing.

A few rules, each with a bibliographic reason, in order; the first that holds decides. Merging
needs the same title and a second, independent sign: a place in print, an identifier, or authors
with nothing against them. No weights are learned, so that every answer can be read and argued
with. (What evidence counts follows W. Bramer et al., "De-duplication of database search results
for systematic reviews in EndNote", Journal of the Medical Library Association 104 (2016) 240-243,
whose steps compare authors, year, title, journal, volume and pages in changing sets.)
"""

from firsthand.methods.dedupe import comparing, doubtful, wording
from firsthand.methods.dedupe.answers import NOTHING, Answer, ask, elsewhere, merge
from firsthand.methods.dedupe.comparing import CLOSE, OTHER, SAME, UNKNOWN, Evidence
from firsthand.methods.dedupe.facts import Facts
from firsthand.methods.dedupe.printed import against, identified, placed, telling_pages

_LONG_TITLE = 40  # letters that two papers do not share by chance


def decide(one: Facts, other: Facts, seen: Evidence) -> Answer:
    """The answer for two reports."""
    if seen.title == wording.OTHER:
        return doubtful.other_title(one, other, seen) if _one_kind(one, other) else NOTHING
    if one.title.notice != other.title.notice:
        return doubtful.notice(one, other, seen)
    if one.preprint != other.preprint and not identified(seen) and not placed(seen):
        return doubtful.preprint(one, other, seen)
    if seen.title == wording.NUMBERS:
        return doubtful.numbers(one, other, seen)
    if one.title.protocol != other.title.protocol:
        return NOTHING
    if seen.title == wording.NONE:
        return doubtful.no_title(one, other, seen)
    if seen.title in (wording.NEAR, wording.WITHIN):
        return doubtful.alike(one, other, seen)
    return _same_title(one, other, seen)


def _one_kind(one: Facts, other: Facts) -> bool:
    mine, theirs = one.title, other.title
    return mine.notice == theirs.notice and mine.protocol == theirs.protocol


def _same_title(one: Facts, other: Facts, seen: Evidence) -> Answer:
    generic = one.title.generic or other.title.generic
    if seen.authors == OTHER:
        return NOTHING if generic else _other_authors(one, seen)
    if identified(seen) and not (generic and against(seen)):
        return _same_identifier(one, other, seen)
    if generic:
        return _generic(seen)
    if placed(seen):
        later = seen.volume != SAME and seen.year == OTHER
        return ask("same pages, other year") if later else merge("same title and place")
    if one.title.short or other.title.short:
        return _short(seen)
    return _by_authors(one, other, seen)


def _same_identifier(one: Facts, other: Facts, seen: Evidence) -> Answer:
    """An identifier can be wrong: another place and another text outweigh it."""
    if [seen.container, seen.volume, seen.pages, seen.year].count(OTHER) < 2:
        return merge("same title and identifier")
    text = comparing.abstracts(one.report, other.report)
    if text == OTHER:
        return elsewhere(one, other, text)
    return ask("same identifier, other place", text)


def _generic(seen: Evidence) -> Answer:
    """A title that says little ("Editorial") merges by its place down to the page."""
    if min(seen[2:]) == OTHER or seen.authors != SAME or seen.volume != SAME:
        return NOTHING
    if placed(seen):
        return merge("same title and place")
    if seen.container == SAME and seen.year == SAME:
        rule = "short title, same authors and issue"
        return merge(rule) if seen.issue == SAME else ask(rule)
    return NOTHING


def _short(seen: Evidence) -> Answer:
    """A title of a word or two: asked about when all else that is known agrees."""
    agrees = seen.authors >= CLOSE and seen.year >= CLOSE and seen.container == SAME
    return (
        ask("short title, same authors and container") if agrees and not against(seen) else NOTHING
    )


def _other_authors(one: Facts, seen: Evidence) -> Answer:
    """Nobody in common: still one report where all else is the same, as names get garbled."""
    rule = "same title, other authors"
    if placed(seen) or identified(seen):
        return merge(rule) if seen.title == wording.EQUAL and not against(seen) else ask(rule)
    long = len(one.title.letters) >= _LONG_TITLE
    if long and seen.container == SAME and seen.year == SAME and not against(seen):
        return ask(rule)
    return NOTHING


def _by_authors(one: Facts, other: Facts, seen: Evidence) -> Answer:
    """A telling title, authors the same or unknown: what speaks against it?"""
    text = comparing.abstracts(one.report, other.report)
    contra = against(seen)
    if contra == 0:
        return _none_against(one, other, seen, text)
    if contra == 1 and seen.authors >= CLOSE:
        return _one_against(one, other, seen, text)
    if text == SAME and seen.container == SAME and seen.authors == SAME:
        return ask("same title, authors, container and abstract, other place", text)
    return elsewhere(one, other, text)


def _none_against(one: Facts, other: Facts, seen: Evidence, text: int) -> Answer:
    signs = (seen.container, seen.volume, seen.pages, seen.year, text)
    support = sum(each == SAME for each in signs) + (seen.pages == CLOSE)
    # The online version comes before the printed one: a year apart, and without pages.
    support += seen.year == CLOSE and seen.pages == UNKNOWN and bool(one.first or other.first)
    # A column comes with each issue: without pages, nothing else tells its parts apart.
    column = seen.issue == OTHER and not one.first and not other.first and text != SAME
    if seen.authors >= CLOSE and support >= 2 and text != OTHER and not column:
        return merge("same title and authors", text)
    if text != OTHER and _nothing_but_names(one, other, seen):
        return merge("same long title, authors and year", text)
    if text == OTHER and seen.container == UNKNOWN:
        return elsewhere(one, other, text)
    return ask("same title, little else known", text)


def _nothing_but_names(one: Facts, other: Facts, seen: Evidence) -> bool:
    """A list of titles, authors and years: neither record says where it stands."""
    known = seen.title == wording.EQUAL and seen.authors == SAME and seen.year == SAME
    two = min(len(one.names.surnames), len(other.names.surnames)) > 1
    bare = not (one.container or other.container or one.meeting or other.meeting)
    return known and two and bare and len(one.title.letters) >= _LONG_TITLE


def _one_against(one: Facts, other: Facts, seen: Evidence, text: int) -> Answer:
    """One field differs: a slip in it, or another version?"""
    if text == OTHER:
        return elsewhere(one, other, text)
    if seen.container == OTHER:
        issue = seen.volume == SAME and seen.issue == SAME and one.meeting == other.meeting
        if issue or telling_pages(one, other, seen):
            return merge("same title, authors and pages", text)
        return elsewhere(one, other, text)
    if seen.container != SAME:
        return elsewhere(one, other, text)
    if seen.year == OTHER:
        return _other_year(one, other, seen, text)
    return _one_slip(one, other, seen, text)


def _one_slip(one: Facts, other: Facts, seen: Evidence, text: int) -> Answer:
    """The same container, and volume, pages or identifier differ."""
    if seen.pages >= CLOSE:
        return merge("same title, authors, container and page", text)
    if text == SAME and seen.pages == UNKNOWN and seen.year == SAME:
        return merge("same title, authors, container and abstract", text)
    if seen.volume == SAME or text == SAME:
        return ask("same title and authors, one field other", text)
    return elsewhere(one, other, text)


def _other_year(one: Facts, other: Facts, seen: Evidence, text: int) -> Answer:
    """Two years or more between them, and no place in print that could tell."""
    if seen.authors == SAME and seen.pages == UNKNOWN and seen.title == wording.EQUAL:
        return ask("same title, authors and container, other year", text)
    return elsewhere(one, other, text)
