"""Handing notes of meetings on to coding, and taking them from sight again.

Speakers go as "Speaker 1", "Speaker 2": not even the names that members chose leave the group.
"""

from firsthand.consultation.models import GroupMeeting


def take_away(meeting: GroupMeeting) -> None:
    """Take the coding source that was made of a meeting's notes from sight."""
    meeting.source = None
    meeting.save(update_fields=["source"])
