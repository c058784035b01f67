"""Handing down to a draft what people said of its lines: answered comments, ranks, accounts.

Counts and ranks only: how many comments, of which kind, and what was done with them. No word and
no name. Ranks and accounts are in `ranks_to_the_model` and `accounts_to_the_model`.
"""

import uuid
from collections import Counter
from contextlib import suppress

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
    title = f"{group.kind_words}: {group.title}"
    with suppress(Refused):
        if told.total():
            count = sum(told[kind] for kind in rules.COMMENT_TAGS.values())
            grounds.put(
                editor.version, entry, COMMENT, title, count, detail=dict(told), by=editor.user
            )  # fmt: skip
        elif row := Ground.objects.filter(
            version=editor.version, code=entry, kind=COMMENT, title=title
        ).first():
            grounds.remove(editor, row.id)


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
