"""Coding a passage and taking codes off; being asked, finishing, and opening again."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from firsthand.access.refused import Refused, not_now
from firsthand.codebook import policies, queries, rules, trail
from firsthand.codebook.models import Code, Coder, Coding, Passage, Project, Source, Working
from firsthand.vault import derive


@transaction.atomic
def code(
    coder: Coder,
    source: Source,
    start: int,
    end: int,
    codes: Iterable[Code],
    memo: str = "",
    *,
    suggested: Iterable[Code] = (),
    opened: str = "",
) -> Passage:
    """Put codes on a stretch of a source (code points, the end exclusive). Raises Refused.

    The same stretch again is the same passage: codes are added to it, and one already there stays
    as it is. `opened` is the text of a sealed source, as the coder's own session opened it.
    """
    policies.check_source(coder, source)
    policies.check_not_copied(source, memo, opened)
    chosen = _as_they_are(coder, codes)
    _begin(coder, source)
    row = _passage(coder, _unchanged(source), start, end, opened)
    if memo:
        row.memo = memo
        row.save(update_fields=["memo"])
    hinted = {each.id for each in suggested}
    for each in chosen:
        Coding.objects.get_or_create(
            passage=row, code=each, defaults={"by_suggestion": each.id in hinted}
        )
    trail.leave(
        coder, "passage coded", source=source.number, start=start, end=end, codes=_numbers(chosen)
    )
    return row


@transaction.atomic
def uncode(coder: Coder, passage: Passage, code: Code | None = None) -> list[Code]:
    """Take one code off a passage of one's own, or all; return those that were taken.

    A passage without any code, and without a memo, is taken off.
    """
    _own(coder, passage)
    rows = Coding.objects.filter(passage=passage).select_related("code")
    taken = [each.code for each in (rows if code is None else rows.filter(code=code))]
    rows.filter(code__in=taken).delete()
    keeps = code is not None and (rows.exists() or passage.memo)
    if not keeps:
        Passage.objects.filter(id=passage.id).update(removed_on=timezone.localdate())
    trail.leave(
        coder, "code taken off", source=passage.source.number, passage=passage.id,
        codes=_numbers(taken),
    )  # fmt: skip
    return taken


@transaction.atomic
def put_back(coder: Coder, passage: Passage, codes: Iterable[Code]) -> Passage:
    """Undo `uncode`: the codes are on the passage again. Return the passage that carries them.

    Where the same stretch was marked anew meanwhile, that passage gets them. When the text was
    changed meanwhile, it is lost: its coder says where it stands now.
    """
    _own(coder, passage)
    chosen = _as_they_are(coder, codes)
    _lost_meanwhile(passage)
    there = _same_stretch(passage)
    row = there or passage
    Passage.objects.filter(id=row.id).update(removed_on=None)
    for each in chosen:
        Coding.objects.get_or_create(passage=row, code=each)
    trail.leave(
        coder, "code put back", source=passage.source.number, passage=row.id, codes=_numbers(chosen)
    )
    return row


@transaction.atomic
def write_memo(coder: Coder, passage: Passage, memo: str, opened: str = "") -> None:
    """Write what a coder thinks about a passage of their own; empty takes it away.

    `opened`: as of `code`. Raises Refused.
    """
    _own(coder, passage)
    policies.check_not_copied(passage.source, memo, opened)
    Passage.objects.filter(id=passage.id).update(memo=memo)
    trail.leave(coder, "memo written", source=passage.source.number, passage=passage.id)


@transaction.atomic
def write_source_memo(coder: Coder, source: Source, memo: str, opened: str = "") -> None:
    """Write what a coder thinks about a source; others see it when they may see their coding.

    `opened`: as of `code`. Raises Refused.
    """
    policies.check_source(coder, source)
    policies.check_not_copied(source, memo, opened)
    working = _begin(coder, source)
    Working.objects.filter(id=working.id).update(memo=memo)
    trail.leave(coder, "source memo written", source=source.number)


# -- a coder's work on a source -----------------------------------------------------------------


@transaction.atomic
def ask(by: Coder, source: Source, coder: Coder) -> Working:
    """Ask a coder to code a source: it is on their list from now on."""
    policies.check_source(by, source)
    if coder.project_id != by.project_id or coder.left_on is not None:
        raise Refused
    own = queries.readable(queries.sources(by.project).filter(id=source.id), coder)
    if source.sealed and not own.exists():
        raise not_now(
            f"{coder.user.name} is in no team that the person let read this, so it would not open "
            "for them."
        )
    row, fresh = Working.objects.get_or_create(source=source, coder=coder)
    if fresh:
        trail.leave(by, "coder asked", source=source.number, name=coder.user.name)
    return row


@transaction.atomic
def take_asking_back(by: Coder, source: Source, coder: Coder) -> bool:
    """Take back that a coder was asked to code a source, while they have done nothing there.

    Asking again undoes it. Return whether they were asked. Raises Refused once they have begun.
    """
    policies.check_source(by, source)
    if coder.project_id != by.project_id:
        raise Refused
    # The lock of the work on it: they do not begin at this very moment.
    Source.objects.select_for_update().only("id").get(id=source.id)
    row = queries.working(coder, source)
    if row is None:
        return False
    coded = Passage.objects.filter(source=source, coder=coder, removed_on=None).exists()
    policies.check_asked_only(row, coded)
    row.delete()
    trail.leave(by, "asking taken back", source=source.number, name=coder.user.name)
    return True


@transaction.atomic
def finish(coder: Coder, source: Source) -> Working:
    """Say that one is finished with a source; others who are, and oneself, see each other's."""
    policies.check_source(coder, source)
    row = _working(coder, source)
    if row.finished_at is None:
        row.finished_at = timezone.now()
        row.save(update_fields=["finished_at"])
        trail.leave(coder, "source finished", source=source.number)
    return row


@transaction.atomic
def reopen(coder: Coder, source: Source) -> Working:
    """Go on with a source after all, while nobody else has finished it. Raises Refused."""
    policies.check_source(coder, source)
    row = _working(coder, source)
    policies.check_reopening(row, queries.others_standing(coder, source))
    row.finished_at = None
    row.save(update_fields=["finished_at"])
    trail.leave(coder, "source opened again", source=source.number)
    return row


@transaction.atomic
def read_only(coder: Coder, source: Source) -> Working:
    """Choose to read what others coded here, and so not to code it. Raises Refused."""
    policies.check_source(coder, source)
    row = _working(coder, source)
    if queries.newest(coder, source) is not None:
        raise not_now("You have coded some of this source. Finish it to see what others coded.")
    if row.finished_at is None:
        row.reads, row.finished_at = True, timezone.now()
        row.save(update_fields=["reads", "finished_at"])
        trail.leave(coder, "source only read", source=source.number)
    return row


# -- within these -------------------------------------------------------------------------------


def _as_they_are(coder: Coder, codes: Iterable[Code]) -> list[Code]:
    """Return the codes as they are now, locked: one may be merged or deleted this very moment."""
    wanted = [each.id for each in codes]
    rows = Code.objects.select_for_update(of=("self",)).select_related("merged_into")
    found = list(rows.filter(id__in=wanted).order_by("id"))
    for each in found:
        policies.check_code(coder, each)
    return sorted(found, key=lambda each: wanted.index(each.id))


def _working(coder: Coder, source: Source) -> Working:
    """Return a coder's work on a source, begun if need be. One source's work is done in turn.

    The source's row is the lock: who finishes, who opens again and who codes wait for each other.
    """
    Source.objects.select_for_update().only("id").get(id=source.id)
    return Working.objects.get_or_create(source=source, coder=coder)[0]


def _unchanged(source: Source) -> Source:
    """Return a locked source, which holds its text. Raises Refused when that was changed meanwhile.

    Where the digest is the same the text is: a long one is not read a second time.
    """
    if Source.objects.values_list("digest", flat=True).get(id=source.id) != source.digest:
        raise not_now("The text was changed meanwhile. Look at the words once more.")
    return source


def _begin(coder: Coder, source: Source) -> Working:
    row = _working(coder, source)
    policies.check_open(row)
    return row


def _own(coder: Coder, passage: Passage) -> None:
    if passage.coder_id != coder.id:
        raise Refused
    policies.check_source(coder, passage.source)
    _begin(coder, passage.source)


def _passage(coder: Coder, source: Source, start: int, end: int, opened: str) -> Passage:
    text = opened if source.sealed else source.text
    if not 0 <= start < end <= len(text):
        raise not_now("These words are not in the text. Choose them again.")
    # What was marked on words that the person has changed since is not shown: it is left alone.
    digest = sealed_digest(text) if source.sealed else source.digest
    where = {"source": source, "coder": coder, "start": start, "end": end, "digest": digest}
    row = Passage.objects.filter(removed_on=None, state=rules.STANDS, **where).first()
    if row is not None:
        return row
    quote, prefix, suffix = ("", "", "") if source.sealed else rules.around(text, start, end)
    version = Project.objects.values_list("codebook_version", flat=True).get(id=coder.project_id)
    return Passage.objects.create(
        **where, quote=quote, prefix=prefix, suffix=suffix, codebook_version=version
    )


def sealed_digest(text: str) -> str:
    """Return the server's mark of a text that is sealed: it cannot be tried out by guessing."""
    return derive.mark("coded text", text).hex()


def _lost_meanwhile(passage: Passage) -> None:
    """Say of a passage that its place is unknown, when it is one in a text that was before.

    The words that a person told us are not kept here: where they changed, it is not shown on them.
    """
    now = Source.objects.values_list("digest", flat=True).get(id=passage.source_id)
    if now not in ("", passage.digest) and passage.state == rules.STANDS:
        Passage.objects.filter(id=passage.id).update(state=rules.LOST)
        passage.state = rules.LOST


def _same_stretch(passage: Passage) -> Passage | None:
    if passage.state != rules.STANDS:
        return None
    rows = Passage.objects.filter(removed_on=None, state=rules.STANDS, source=passage.source_id)
    rows = rows.filter(coder=passage.coder_id, start=passage.start, end=passage.end)
    rows = rows.filter(digest=passage.digest)
    return rows.exclude(id=passage.id).first()


def _numbers(codes: Iterable[Code]) -> list[int]:
    return [each.number for each in codes]
