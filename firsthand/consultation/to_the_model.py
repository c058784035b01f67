"""Handing down to a draft what people said of its lines: answered comments, ranks, accounts.

Counts and ranks only: how many comments, of which kind, and what was done with them. No word and
no name. Ranks and accounts are in `ranks_to_the_model` and `accounts_to_the_model`.
"""

import uuid
from collections import Counter
from contextlib import suppress
from itertools import chain
from itertools import count as count_from

from django.db import transaction
from django.urls import reverse

from firsthand.access.refused import Refused
from firsthand.consultation import group_queries, rules
from firsthand.consultation.accounts_to_the_model import accounts_down as accounts_down
from firsthand.consultation.models import Facilitator, Group
from firsthand.consultation.ranks_to_the_model import survey_down as survey_down
from firsthand.harms.actions import grounds
from firsthand.harms.models import Editor, Ground
from firsthand.harms.rules import COMMENT


def hand_down(of: uuid.UUID, entry: str) -> None:
    """Put beneath a line what a group's answered comments on it are today, or take that away.

    Done in the name of whoever runs the group and edits the draft; where nobody does both, the
    draft is left as it is, and so it is once it is published or has no such line any more.
    """
    group = Group.objects.get(id=of)
    editor = _editor(group)
    if not entry or editor is None:
        return
    told = _told(group, entry)
    at = reverse("consultation:group_comments", args=[group.id]) + f"?entry={entry}"
    row = Ground.objects.filter(version=editor.version, kind=COMMENT, at=at).first()
    code = row.code if row else entry  # where its line went, when it moved or merged
    title = _title(group, editor, code, row)
    with suppress(Refused), transaction.atomic():
        if row and not (told.total() and row.title == title):
            grounds.remove(editor, row.id)
        if told.total():
            count = sum(told[kind] for kind in rules.COMMENT_TAGS.values())
            grounds.put(
                editor.version, code, COMMENT, title, count, detail=dict(told), at=at,
                by=editor.user,
            )  # fmt: skip


def _title(group: Group, editor: Editor, code: str, row: Ground | None) -> str:
    """Return what the ground is called: by the group, and apart from another of that name."""
    said = f"{group.kind_words}: {group.title}"
    if row is not None and (row.title == said or row.title.startswith(f"{said} (")):
        return row.title
    others = Ground.objects.filter(version=editor.version, code=code, kind=COMMENT)
    taken = set(others.values_list("title", flat=True))
    names = chain([said], (f"{said} ({number})" for number in count_from(2)))
    return next(name for name in names if name not in taken)


def _editor(group: Group) -> Editor | None:
    runs = Facilitator.objects.filter(group=group, left_on=None).values("user_id")
    rows = Editor.objects.filter(drafting__version=group.version_id, left_on=None, user__in=runs)
    return rows.select_related("user", "drafting__version").order_by("id").first()


def _told(group: Group, entry: str) -> Counter[str]:
    """Count the answered comments that stand by kind, and what was done with them."""
    found: Counter[str] = Counter()
    rows = group_queries.comments(group).filter(
        entry=entry, taken_back_on=None, version=group.version_id
    )
    for row in rows:
        if last := next(iter(row.replies.all()), None):
            found.update([rules.COMMENT_TAGS[row.kind], rules.DONE_TAGS[last.done]])
    return found
