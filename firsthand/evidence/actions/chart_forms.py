"""Designing the charting form: every change is made to a draft; publishing freezes a version."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from firsthand.access.refused import Refused, not_now
from firsthand.evidence import charts, trail
from firsthand.evidence.models import ChartForm, Member, Review
from firsthand.methods.charting import designing
from firsthand.methods.charting.plain import told_form
from firsthand.methods.charting.values import GROUP, Choice, Field, Form, asked

Labels = Sequence[str]


@transaction.atomic
def add(by: Member, field: Field, labels: Labels = (), into: str = "") -> Field:
    """Add a field, or a part to a group. Its key, and its choices', are given here."""
    draft = _draft(by)
    made = replace(field, key=_key(draft), choices=_choices(draft, labels, ()))
    if into:
        _found(draft, into)
    _keep(draft, designing.added(charts.fields(draft), made, into))
    trail.leave(by, "charting field added", field=made.label, version=draft.version)
    return made


@transaction.atomic
def change(by: Member, key: str, said: Field, labels: Labels = ()) -> None:
    """Change a field: its words, help, unit, choices, whether it is required. Not its kind."""
    draft = _draft(by)
    before = _found(draft, key)
    now = replace(
        before, label=said.label, help=said.help, unit=said.unit, required=said.required,
        choices=_choices(draft, labels, before.choices),
    )  # fmt: skip
    if now == before:
        return
    _keep(draft, designing.changed(charts.fields(draft), key, lambda _: now))
    trail.leave(
        by, "charting field changed", field=now.label, before=before.label, version=draft.version
    )


@transaction.atomic
def move(by: Member, key: str, step: int) -> None:
    """Move a field up (-1) or down (1)."""
    draft = _draft(by)
    field = _found(draft, key)
    _keep(draft, designing.moved(charts.fields(draft), key, step))
    trail.leave(by, "charting field moved", field=field.label, version=draft.version)


@transaction.atomic
def retire(by: Member, key: str) -> None:
    """Ask a field no more; one that was never published goes altogether."""
    draft = _draft(by)
    field = _found(draft, key)
    if key in charts.keys_published(by.review):
        _edit(draft, key, lambda each: replace(each, retired=True))
        trail.leave(by, "charting field retired", field=field.label, version=draft.version)
    else:
        _keep(draft, designing.without(charts.fields(draft), key))
        trail.leave(by, "charting field removed", field=field.label, version=draft.version)


@transaction.atomic
def use_again(by: Member, key: str) -> None:
    """Ask a retired field again."""
    draft = _draft(by)
    field = _found(draft, key)
    _edit(draft, key, lambda each: replace(each, retired=False))
    trail.leave(by, "charting field used again", field=field.label, version=draft.version)


@transaction.atomic
def publish(by: Member) -> ChartForm:
    """Freeze the draft as a version that is charted with from now on. Raises Refused."""
    _lock(by)
    draft = charts.draft(by.review)
    if draft is None:
        raise not_now("There is no draft to publish. Change the form first.")
    form = asked(charts.fields(draft))
    if not form:
        raise not_now("This form asks nothing yet. Add a field first.")
    empty = [each.label for each in form if each.kind == GROUP and not each.asked]
    if empty:
        raise not_now(f"The group \u201c{empty[0]}\u201d has no fields yet. Add one to it first.")
    draft.published_at = timezone.now()
    draft.save(update_fields=["published_at"])
    trail.leave(by, "charting form published", version=draft.version, fields=len(form))
    return draft


@transaction.atomic
def drop(by: Member) -> None:
    """Throw the draft away: the published version is the form again."""
    _lock(by)
    draft = charts.draft(by.review)
    if draft is None:
        return
    trail.leave(by, "charting draft dropped", version=draft.version, form=draft.fields)
    draft.delete()


# -- the draft ----------------------------------------------------------------------------------


def _lock(by: Member) -> None:
    Review.objects.select_for_update().get(id=by.review_id)


def _draft(by: Member) -> ChartForm:
    """Return the draft, locked; a new one begins as the version published last."""
    _lock(by)
    found = charts.draft(by.review)
    if found is not None:
        return found
    last = charts.published(by.review)
    return ChartForm.objects.create(
        review=by.review, version=last.version + 1 if last else 1, by=by,
        fields=last.fields if last else [], made=charts.keys_made(by.review),
    )  # fmt: skip


def _key(draft: ChartForm) -> str:
    draft.made += 1
    return f"f{draft.made}"


def _choices(draft: ChartForm, labels: Labels, before: Sequence[Choice]) -> tuple[Choice, ...]:
    return designing.choices(labels, before, lambda: _key(draft))


def _found(draft: ChartForm, key: str) -> Field:
    try:
        return designing.find(charts.fields(draft), key)[0]
    except KeyError:
        raise Refused from None


def _edit(draft: ChartForm, key: str, how: Callable[[Field], Field]) -> None:
    _keep(draft, designing.changed(charts.fields(draft), key, how))


def _keep(draft: ChartForm, form: Form) -> None:
    draft.fields = told_form(form)
    draft.save(update_fields=["fields", "made"])
