"""Handing notes of meetings on to coding, and taking words out of it again.

Speakers go as "Speaker 1", "Speaker 2": not even the names that members chose leave the group.
"""

import uuid
from collections.abc import Sequence

from django.db import transaction

from firsthand.access.refused import not_now
from firsthand.codebook.actions import masking, sources
from firsthand.codebook.models import Coder, Source
from firsthand.codebook.rules import TRANSCRIPT, TurnOf
from firsthand.consultation import group_queries, group_trail, rules
from firsthand.consultation.models import Facilitator, GroupMeeting, Turn


def may_go(meeting: GroupMeeting) -> list[Turn]:
    """Return the turns that those who said them let be coded."""
    turns = list(meeting.turns.filter(taken_out_on=None).select_related("member"))
    everyone = [*group_queries.there(meeting), *(each.member for each in turns if each.member)]
    held = group_queries.agreements(everyone)
    agreed = {str(one) for one, uses in held.items() if rules.CODING in uses}
    members = {str(each.id) for each in everyone}
    return [each for each in turns if rules.may_be_coded(_speaker(each), agreed, members)]


def _speaker(turn: Turn) -> str:
    return rules.FACILITATOR if turn.facilitator else str(turn.member_id or "")


@transaction.atomic
def send(by: Facilitator, coder: Coder, meeting: GroupMeeting) -> Source:
    """Make a coding source of what may go. Raises Refused when there is nothing, or one is there.

    Pressed twice, it is the source that is there already.
    """
    rows = GroupMeeting.objects.select_for_update(of=("self",)).select_related("group", "source")
    row = rows.get(id=meeting.id)
    if row.source is not None:
        return row.source
    turns = may_go(row)
    if not any(each.member_id for each in turns):
        raise not_now("Nobody who spoke has agreed to coding, so there is nothing to hand on.")
    text, places = _laid_out(turns)
    title = f"{row.group.kind_words}, meeting {row.number}"
    origin = {"from": "notes of a meeting", "left_out": row.turns.count() - len(turns)}
    made = sources.add(
        coder, kind=TRANSCRIPT, title=title, text=text, turns=places, origin=origin
    )  # fmt: skip
    for turn, place in zip(turns, places, strict=True):
        turn.start, turn.end = place.start, place.end
    Turn.objects.bulk_update(turns, ["start", "end"])
    row.source = made
    row.save(update_fields=["source"])
    group_trail.leave(by, "notes to coding", meeting=row.number, turns=len(turns))
    return made


def _laid_out(turns: Sequence[Turn]) -> tuple[str, list[TurnOf]]:
    """Return the text of the turns, one a line, and where each stands in it."""
    names: dict[uuid.UUID, str] = {}
    text, places = "", []
    for each in turns:
        who = rules.FACILITATOR if each.facilitator else ""
        if each.member_id is not None:
            who = names.setdefault(each.member_id, f"Speaker {len(names) + 1}")
        places.append(TurnOf(len(text), len(text) + len(each.text), who or "Nobody in particular"))
        text += each.text + "\n"
    return text, places


@transaction.atomic
def take_back(by: Facilitator, meeting: GroupMeeting) -> None:
    """Take notes out of coding altogether; its source stays, without a word of anybody."""
    turns = list(meeting.turns.filter(start__isnull=False))
    if meeting.source is not None:
        take_out(meeting, turns)
        sources.take_away(meeting.source.added_by, meeting.source)
        meeting.source = None
        meeting.save(update_fields=["source"])
        group_trail.leave(by, "notes out of coding", meeting=meeting.number)


def take_out(meeting: GroupMeeting, turns: Sequence[Turn]) -> None:
    """Take these turns' words out of the coding source that holds them, for good."""
    spans = [(each.start or 0, each.end or 0) for each in turns]
    if meeting.source is not None and spans:
        masking.mask(meeting.source, spans)
    Turn.objects.filter(id__in=[each.id for each in turns]).update(start=None, end=None)
