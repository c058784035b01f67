"""Changing the text of a source that is coded: passages are found again, or are lost and said so.

Nothing is thrown away: the text that was, and where everything stood in it, is kept with the
change, and the change can be undone. A lost passage waits for its coder, who places it anew or
drops it.
"""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from firsthand.access.refused import Refused, not_now
from firsthand.codebook import policies, rules, trail
from firsthand.codebook.actions.sources import check_text, digest_of, write_turns
from firsthand.codebook.documents.document import plain
from firsthand.codebook.documents.speakers import speakers
from firsthand.codebook.models import Coder, Coding, Edit, Passage, Source
from firsthand.methods.anchoring import NEAR, SEVERAL, Anchor, Found, find_again

_LOST = "lost"
SEALED = "What a person told us is theirs: nobody changes it here."
OF_OTHERS = (
    "This text came from another part of this site, such as notes of a meeting. People can take "
    "their words back there, so it is not changed here. Change it where it came from."
)
SAME = "This is the text as it is already. Nothing was changed."
CHANGED_SINCE = (
    "Someone else has changed this text while you wrote. Copy what you wrote, open the page again, "
    "and put it in there."
)


@transaction.atomic
def edit(by: Coder, source: Source, text: str, why: str = "", digest: str = "") -> Edit:
    """Give a source a new text. `digest` is that of the text it was made from. Raises Refused."""
    row, text = _locked(by, source), plain(text)
    if digest and digest != row.digest:
        raise not_now(CHANGED_SINCE)
    if text == row.text:
        raise not_now(SAME)
    check_text(text)
    made = _begin(by, row, text, why)
    _move(row, text, made)
    # What became of passages is not told here: others may still be coding apart from each other.
    trail.leave(by, "text changed", source=row.number, why=why)
    return made


@transaction.atomic
def undo(by: Coder, source: Source) -> Edit:
    """Take the last change of a text back: everything stands where it stood. Raises Refused.

    What was coded since is found again in the text that was, or is lost.
    """
    row = _locked(by, source)
    last = row.edits.filter(undone_at=None).first()
    if last is None or last.became != row.digest:
        raise not_now("There is no change of this text to take back.")
    since = list(
        Passage.objects.filter(source=row, removed_on=None, state=rules.STANDS).exclude(
            id__in=last.places
        )
    )
    now = row.text
    Passage.objects.filter(id__in=[each.id for each in since]).update(state=rules.LOST)
    _write(row, last.text, [rules.TurnOf(*each) for each in last.turns])
    _back(row, last)
    _replace(row, now, row.text, since)
    Edit.objects.filter(id=last.id).update(undone_at=timezone.now())
    trail.leave(by, "change of a text undone", source=row.number)
    return last


def _locked(by: Coder, source: Source) -> Source:
    policies.check_source(by, source)
    row = Source.objects.select_for_update().get(id=source.id)
    if row.sealed:
        raise not_now(SEALED)
    if row.origin.get("from"):
        raise not_now(OF_OTHERS)
    return row


def _begin(by: Coder, row: Source, text: str, why: str) -> Edit:
    kept = Passage.objects.filter(source=row, removed_on=None).exclude(state=rules.WITHDRAWN)
    return Edit.objects.create(
        source=row, by=by, why=why, text=row.text, digest=row.digest, became=digest_of(text),
        turns=[[each.start, each.end, each.speaker, each.kind] for each in row.turns.all()],
        places={str(each.id): _place(each) for each in kept},
    )  # fmt: skip


def _place(each: Passage) -> list[object]:
    return [each.start, each.end, each.quote, each.prefix, each.suffix, each.digest, each.state]


def _move(row: Source, text: str, made: Edit) -> None:
    before, turns = row.text, list(row.turns.all())
    moved = _turns(before, text, [rules.TurnOf(e.start, e.end, e.speaker, e.kind) for e in turns])
    _write(row, text, moved)
    standing = Passage.objects.filter(source=row, removed_on=None, state=rules.STANDS)
    made.counts, made.near = _replace(row, before, text, standing)
    made.save(update_fields=["counts", "near"])


def _turns(before: str, after: str, turns: list[rules.TurnOf]) -> list[rules.TurnOf]:
    """Return who speaks in the new text, and where its pages and headings are if still there."""
    said = speakers(after) if any(each.kind == rules.SPEAKER for each in turns) else ()
    told = [rules.TurnOf(each.start, each.end, each.name) for each in said]
    old = [each for each in turns if not told or each.kind != rules.SPEAKER]
    found = find_again(before, after, (_anchor(before, each.start, each.end) for each in old))
    kept = [
        rules.TurnOf(place.start, place.end, each.speaker, each.kind)
        for each, place in zip(old, found, strict=True)
        if not place.is_lost
    ]
    return sorted([*told, *kept], key=lambda each: (each.start, each.end, each.kind))


def _anchor(text: str, start: int, end: int) -> Anchor:
    return Anchor(start, end, *rules.around(text, start, end))


def _write(row: Source, text: str, turns: Iterable[rules.TurnOf]) -> None:
    row.text, row.length, row.digest = text, len(text), digest_of(text)
    row.save(update_fields=["text", "length", "digest"])
    row.turns.all().delete()
    write_turns(row, tuple(turns))


def _replace(
    row: Source, before: str, after: str, passages: Iterable[Passage]
) -> tuple[dict[str, int], list[str]]:
    """Put passages where their words are now; return how many were found how, and which nearly."""
    each = list(passages)
    anchors = (Anchor(one.start, one.end, one.quote, one.prefix, one.suffix) for one in each)
    counts: dict[str, int] = {}
    near = []
    taken = _taken(row, each)
    for one, found in zip(each, find_again(before, after, anchors), strict=True):
        found = _free(one, found, taken)
        _set(row, one, found)
        how = _LOST if found.is_lost else found.how
        counts[how] = counts.get(how, 0) + 1
        near += [str(one.id)] * (found.how == NEAR)
    fields = ["start", "end", "quote", "prefix", "suffix", "digest", "state"]
    # None stands on another's place meanwhile.
    Passage.objects.filter(id__in=[one.id for one in each]).update(state=rules.LOST)
    Passage.objects.bulk_update(each, fields, batch_size=200)
    return counts, near


def _taken(row: Source, moving: list[Passage]) -> set[tuple[object, int, int]]:
    """Return where each coder's other passages stand: two of one coder never stand on one place."""
    rows = Passage.objects.filter(source=row, removed_on=None, state=rules.STANDS)
    rows = rows.exclude(id__in=[one.id for one in moving])
    return set(rows.values_list("coder", "start", "end"))


def _free(one: Passage, found: Found, taken: set[tuple[object, int, int]]) -> Found:
    place = (one.coder_id, found.start, found.end)
    if found.is_lost or place in taken:
        return found if found.is_lost else Found(SEVERAL)
    taken.add(place)
    return found


def _set(row: Source, one: Passage, found: Found) -> None:
    """A lost passage keeps what it said, and of which text."""
    one.state = rules.LOST if found.is_lost else rules.STANDS
    if not found.is_lost:
        one.start, one.end, one.digest = found.start, found.end, row.digest
        one.quote, one.prefix, one.suffix = rules.around(row.text, found.start, found.end)


def _back(row: Source, last: Edit) -> None:
    """Put every passage that was there exactly where it stood."""
    there = list(Passage.objects.filter(id__in=last.places, removed_on=None))
    Passage.objects.filter(id__in=[one.id for one in there]).update(state=rules.LOST)
    for one in there:
        (one.start, one.end, one.quote, one.prefix, one.suffix, one.digest, state) = last.places[
            str(one.id)
        ]
        one.state = one.state if one.state == rules.WITHDRAWN else state
    fields = ["start", "end", "quote", "prefix", "suffix", "digest", "state"]
    Passage.objects.bulk_update(there, fields, batch_size=200)


# -- lost passages: their coder places them anew, or drops them --------------------------------


@transaction.atomic
def place(by: Coder, passage: Passage, words: str) -> Passage:
    """Put a lost passage of one's own on words of the text; return the one that carries its codes.

    Raises Refused, saying why, when the words stand there not at all or several times.
    """
    source, row = _lost(by, passage)
    start = _only(source.text, plain(words).strip())
    end = start + len(plain(words).strip())
    there = Passage.objects.filter(
        source=source, coder=by, start=start, end=end, removed_on=None, state=rules.STANDS
    ).first()
    if there is not None:
        _hand_over(row, there)
        row.removed_on = timezone.localdate()
    else:
        _set(source, row, Found("placed", start, end))
    row.save()
    trail.leave(by, "lost passage placed", source=source.number, start=start, end=end)
    return there or row


def _only(text: str, words: str) -> int:
    start = text.find(words) if words else -1
    if start < 0:
        raise not_now("These words are not in the text. Copy them from it, letter for letter.")
    if text.find(words, start + 1) >= 0:
        raise not_now("These words stand in the text more than once. Copy more of what is around.")
    return start


def _hand_over(row: Passage, there: Passage) -> None:
    for each in row.codings.all():
        Coding.objects.get_or_create(
            passage=there, code_id=each.code_id, defaults={"by_suggestion": each.by_suggestion}
        )


@transaction.atomic
def drop(by: Coder, passage: Passage) -> None:
    """Drop a lost passage of one's own; it can be had back."""
    source, row = _lost(by, passage)
    Passage.objects.filter(id=row.id).update(removed_on=timezone.localdate())
    trail.leave(by, "lost passage dropped", source=source.number, passage=row.id)


@transaction.atomic
def take_back(by: Coder, passage: Passage) -> None:
    """Have a dropped one back among the lost."""
    source, row = _lost(by, passage, dropped=True)
    Passage.objects.filter(id=row.id).update(removed_on=None)
    trail.leave(by, "lost passage taken back", source=source.number, passage=row.id)


def _lost(by: Coder, passage: Passage, *, dropped: bool = False) -> tuple[Source, Passage]:
    source = _locked(by, passage.source)
    rows = Passage.objects.filter(id=passage.id, coder=by, state=rules.LOST)
    row = rows.filter(removed_on__isnull=not dropped).first()
    if row is None:
        raise Refused
    return source, row
