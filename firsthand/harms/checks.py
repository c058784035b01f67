"""What has to hold before a draft is published, each told with what is missing."""

from collections.abc import Iterable
from dataclasses import dataclass

from firsthand.harms import drafts, rules
from firsthand.harms.drafts import Glance, Line
from firsthand.harms.models import Drafting, Entry
from firsthand.methods import readability

OLDEST, OLDEST_ONE = 11.0, 12.5  # reading ages: of the whole, of one line (as for 2022)
_TOLD = 12  # codes that are named one by one


@dataclass(frozen=True)
class Check:
    """One thing that has to hold: what, whether it does, what is missing, and where to mend it.

    `place` is the name of the page where it can be mended.
    """

    what: str
    holds: bool
    why: str = ""
    place: str = ""


def checks(seen: Glance) -> list[Check]:
    """Look at everything, in the order in which it is mended."""
    draft = seen.drafting
    return [
        _changed(seen),
        _founded(seen),
        _placed(seen),
        _mapped(seen),
        _ranked(seen),
        _readable([line.entry for line in seen.lines]),
        _told_apart([line.entry for line in seen.lines]),
        _described(draft),
        _signed(draft),
    ]


def _changed(seen: Glance) -> Check:
    why = "" if seen.changes else "Nothing has been changed yet."
    return Check("Something is different from the version before", not why, why, "draft")


def _founded(seen: Glance) -> Check:
    bare = seen.unfounded
    why = f"Nothing stands beneath {_codes(bare)}. Put there what it comes from." if bare else ""
    said = f"Every line stands on something, or is as it was in {seen.drafting.based_on.slug}"
    return Check(said, not bare, why, "draft")


def _placed(seen: Glance) -> Check:
    codes = ", ".join(dict.fromkeys(one.code for one in seen.stray))
    why = f"Say where what stood beneath {codes} belongs now." if codes else ""
    return Check("What stood beneath lines that are no more has its place", not codes, why, "draft")


def _mapped(seen: Glance) -> Check:
    left = ", ".join(seen.map.unmapped)
    why = f"Nobody can tell what became of {left}." if left else ""
    old = seen.drafting.based_on.slug
    return Check(f"Every line of {old} has its place in the map", not left, why, "draft_map")


def _ranked(seen: Glance) -> Check:
    lists: dict[str, list[tuple[str, str]]] = {}
    for line in seen.lines:
        one = line.entry
        name = rules.list_of(one.kind, one.parent.code if one.parent else None)
        lists.setdefault(name, []).append((one.code, one.rank))
    torn = [
        name for name, pairs in lists.items() if rules.ranks(rules.grouped(pairs)) != dict(pairs)
    ]
    why = f"Put these lists in order again: {', '.join(torn)}." if torn else ""
    return Check("The places in every list count up from 1", not torn, why, "draft")


def _readable(rows: list[Entry]) -> Check:
    plain = {row.code: f"{row.label}. {row.description}" for row in rows}
    age = readability.reading_age("\n".join(plain.values()))
    hard = [code for code, text in plain.items() if readability.reading_age(text) > OLDEST_ONE]
    why = f"These are hard to read: {', '.join(hard[:_TOLD])}. Use shorter words." if hard else ""
    if age > OLDEST:
        why = f"The whole reads at the age of {age:.1f}. {why}".strip()
    return Check("An eleven-year-old could read it", not why, why, "draft")


def _told_apart(rows: list[Entry]) -> Check:
    labels: dict[str, list[str]] = {}
    for row in rows:
        labels.setdefault(row.label.casefold(), []).append(row.code)
    twice = [" and ".join(codes) for codes in labels.values() if len(codes) > 1]
    why = f"The same plain words stand for {'; '.join(twice)}." if twice else ""
    return Check("No two lines have the same plain words", not twice, why, "draft")


def _described(draft: Drafting) -> Check:
    missing = [
        said
        for said, there in (
            ("its authors", draft.authors),
            ("what changed, in plain words", draft.note.strip()),
        )
        if not there
    ]
    why = f"Still to be written: {' and '.join(missing)}." if missing else ""
    return Check("Its authors and what changed are said", not missing, why, "draft_about")


def _signed(draft: Drafting) -> Check:
    said = "Someone beside the editors looked at it as it is now"
    rows = drafts.signed(draft.version)
    now = drafts.digest(draft)
    if any(row.digest == now and row.said != "not" for row in rows):
        return Check(said, True)
    why = "Nobody has signed it off yet."
    if any(row.digest == now for row in rows):
        why = "Who looked at it as it is now did not agree with it."
    elif rows:
        why = f"It was changed after {rows[0].who} looked at it. Ask them to look again."
    return Check(said, False, why, "draft_sign_off")


def _codes(lines: Iterable[Line]) -> str:
    codes = [line.entry.code for line in lines]
    more = f" and {len(codes) - _TOLD} more" if len(codes) > _TOLD else ""
    return ", ".join(codes[:_TOLD]) + more
