"""Titles that are not the same: notices, preprints, parts; titles cut off, changed, translated.

What a person is asked, and what is merged because it stands on the same pages.
"""

from firsthand.methods.dedupe import comparing, wording
from firsthand.methods.dedupe.answers import NOTHING, Answer, ask, merge
from firsthand.methods.dedupe.comparing import CLOSE, OTHER, SAME, UNKNOWN, Evidence
from firsthand.methods.dedupe.facts import Facts
from firsthand.methods.dedupe.printed import (
    against,
    begins_alone,
    identified,
    placed,
    same_pages,
    span,
)

_HALF = 0.5  # of a title's longer words


def notice(one: Facts, other: Facts, seen: Evidence) -> Answer:
    """A correction, retraction, comment or reply, and what it is about."""
    near = seen.title in (wording.EQUAL, wording.SLIPS, wording.WITHIN)
    if near and not (one.title.weak or other.title.weak):
        return Answer("link", "a notice and what it is about", kind="notice")
    return NOTHING


def preprint(one: Facts, other: Facts, seen: Evidence) -> Answer:
    """A preprint and what was published of it; titles often change on the way."""
    changed = seen.title in (wording.NEAR, wording.WITHIN)
    least = SAME if changed else UNKNOWN
    weak = one.title.weak or other.title.weak
    if weak or seen.authors < least or seen.title in (wording.NUMBERS, wording.NONE):
        return NOTHING
    return Answer("link", "a preprint and what was published of it", kind="preprint")


def alike(one: Facts, other: Facts, seen: Evidence) -> Answer:
    """Titles alike or cut off: one report only with the same authors and place."""
    if seen.authors == OTHER or one.title.weak or other.title.weak:
        return NOTHING
    text = comparing.abstracts(one.report, other.report)
    if text == OTHER:
        return NOTHING
    if _sure(one, other, seen, text):
        return merge("titles alike, same authors and place", text)
    if placed(seen) or identified(seen):
        return ask("titles alike, same place", text)
    return _cut_off(seen, text)


def _sure(one: Facts, other: Facts, seen: Evidence, text: int) -> bool:
    """Whole pages, or one text, stand behind it: meeting abstracts by one team share the rest."""
    if same_pages(one, other, seen):
        return seen.authors == SAME or text == SAME
    if seen.authors != SAME:
        return False
    if begins_alone(one, other, seen):
        return True
    proof = max(span(one), span(other)) >= (
        1 if seen.title == wording.WITHIN or text == SAME else 2
    )
    if identified(seen) and (seen.pages == SAME and (proof or text == SAME)):
        return True
    if identified(seen) and (text == SAME or seen.title == wording.WITHIN):
        return against(seen) == 0
    return placed(seen) and proof and (text == SAME or seen.title == wording.WITHIN)


def _cut_off(seen: Evidence, text: int) -> Answer:
    known = seen.authors >= CLOSE and seen.year >= CLOSE and seen.container == SAME
    if known and not against(seen) and (seen.title == wording.WITHIN or text == SAME):
        return ask("title cut off", text)
    return NOTHING


def numbers(one: Facts, other: Facts, seen: Evidence) -> Answer:
    """Parts of a series, reports of other years, or a slip in a number."""
    if seen.authors == SAME and same_pages(one, other, seen):
        return merge("same pages of one volume")
    if seen.authors == SAME and placed(seen) and seen.doi != OTHER:
        return ask("titles differ in a number, same place")
    if seen.authors == SAME and seen.container == SAME:
        return Answer("link", "parts of a series", kind="part")
    return NOTHING


def no_title(one: Facts, other: Facts, seen: Evidence) -> Answer:
    """Without a title, identifier and place must both agree."""
    text = comparing.abstracts(one.report, other.report)
    if text == OTHER or seen.authors == OTHER:
        return NOTHING
    if identified(seen) and (placed(seen) or seen.authors == SAME) and not against(seen):
        return merge("no title, same identifier and place or authors", text)
    if (placed(seen) and seen.authors == SAME) or text == SAME or identified(seen):
        return ask("no title", text)
    return NOTHING


def other_title(one: Facts, other: Facts, seen: Evidence) -> Answer:
    """Another title on the same pages or over the same abstract: translated, changed, or wrong."""
    if seen.authors in (OTHER, CLOSE):
        return NOTHING
    whole = same_pages(one, other, seen)
    if not whole and not (identified(seen) and placed(seen)):
        return _same_text(one, other, seen)
    text = comparing.abstracts(one.report, other.report)
    if text == OTHER:
        return NOTHING
    named = seen.authors == SAME or wording.in_common(one.title, other.title) >= _HALF
    if named and (text == SAME or (whole and seen.container == SAME)):
        return merge("other title, same pages", text)
    return ask("other title, same pages", text)


def _same_text(one: Facts, other: Facts, seen: Evidence) -> Answer:
    if seen.authors != SAME or seen.year < CLOSE or against(seen):
        return NOTHING
    text = comparing.abstracts(one.report, other.report)
    return ask("other title, same authors and abstract", text) if text == SAME else NOTHING
