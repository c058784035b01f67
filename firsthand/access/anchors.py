"""Anchors: outside the database, how long each log was and what it ended in.

A whole database put back from yesterday holds together in itself. It does not hold up against
this file: each line is a log's head as it was at some moment, under the server's mark; or the
state of a row that counts its changes, such as a team or a sign-in of staff. Keep a copy of the
file on another machine and even someone who can write both is found out.
"""

import base64
import json
import os
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from firsthand.access.models import LogHead, LogLine
from firsthand.people.models import Invitation, Organisation, Team, User
from firsthand.people.rules import PERSON
from firsthand.vault import derive, sweep
from firsthand.vault.seal import Tampered

NAME = "log-anchors.jsonl"
LONGEST_LINE = 1024  # bytes; a line is about 160


@dataclass(frozen=True)
class Anchor:
    """A log's head as it was: how many lines, and the mark of the last one.

    With a `kind` it is a row of that table as it was: how many changes, and its mark.
    """

    item: uuid.UUID
    count: int
    last: bytes
    kind: str = ""

    def line(self) -> str:
        kind = [self.kind] if self.kind else []
        mark = derive.mark("anchor", self.item, self.count, self.last, *kind)
        parts = [str(self.item), self.count, _text(self.last), _text(mark), *kind]
        return json.dumps(parts) + "\n"

    @property
    def about(self) -> tuple[str, uuid.UUID]:
        """What it is an anchor of."""
        return self.kind, self.item

    @classmethod
    def read(cls, line: str) -> "Anchor":
        """Return the anchor in a line of the file. Raises Tampered when it is not one of ours."""
        try:
            item, count, last, _, *kind = json.loads(line)
            found = cls(uuid.UUID(item), int(count), base64.b64decode(last), *kind)
        except (ValueError, TypeError, AttributeError) as error:
            raise Tampered from error
        if found.line() != line:
            raise Tampered
        return found


def path() -> Path:
    """Return where the anchors are: in the data directory, beside the database."""
    return Path(settings.FIRSTHAND_DATA) / NAME


def write() -> int:
    """Add an anchor for all that has moved since its last one; return how many.

    What has gone back is not anchored anew: the old anchor goes on saying so.
    """
    known = _latest()
    now = chain(_heads(), _rows())
    moved = [each for each in now if each.count > known.get(each.about, _NONE).count]
    if moved:
        _append(anchor.line() for anchor in moved)
    return len(moved)


def broken() -> list[uuid.UUID]:
    """Return the items whose log is shorter than, or other than, it was at an anchor.

    Raises Tampered when the file itself was changed.
    """
    logs = [anchor for anchor in _latest().values() if not anchor.kind]
    return sorted(anchor.item for anchor in logs if not _still_stands(anchor))


def rows_put_back() -> list[tuple[str, uuid.UUID]]:
    """Return table and id of each row that is older than, or other than, it was at an anchor.

    Raises Tampered when the file itself was changed.
    """
    now = {each.about: each for each in _rows()}
    rows = [anchor for anchor in _latest().values() if anchor.kind]
    return sorted(anchor.about for anchor in rows if not _follows(now.get(anchor.about), anchor))


_NONE = Anchor(uuid.UUID(int=0), 0, b"")


def _still_stands(anchor: Anchor) -> bool:
    line = LogLine.objects.filter(item_id=anchor.item, place=anchor.count).first()
    return line is not None and derive.same(bytes(line.chained), anchor.last)


def _follows(row: Anchor | None, anchor: Anchor) -> bool:
    """Whether a row is as it was at an anchor, or was changed by us since."""
    return row is not None and (row == anchor or row.count > anchor.count)


def _rows() -> Iterator[Anchor]:
    """Every row that counts its changes and bears our mark; of persons nothing is anchored."""
    staff = User.objects.exclude(role=PERSON)
    for rows in (staff, *(model.objects.all() for model in (Organisation, Team, Invitation))):
        for key, version, proof in sweep.versions(rows):
            yield Anchor(key, version, proof, rows.model._meta.label_lower)


def _heads() -> Iterator[Anchor]:
    for head in LogHead.objects.filter(count__gt=0).order_by("item_id").iterator():
        yield Anchor(head.item_id, head.count, bytes(head.last))


def _latest() -> dict[tuple[str, uuid.UUID], Anchor]:
    """The last anchor of each thing. A last line cut short by a power cut is passed over."""
    if not path().exists():
        return {}
    lines = path().read_text("utf-8").splitlines(keepends=True)
    whole = [line for line in lines if line.endswith("\n")]
    return {anchor.about: anchor for anchor in map(Anchor.read, whole)}


def _append(lines: Iterator[str]) -> None:
    handle = os.open(path(), os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(handle, "r+b") as file:
        file.truncate(_whole_length(file))
        file.seek(0, os.SEEK_END)
        file.write("".join(lines).encode())
        file.flush()
        os.fsync(file.fileno())


def _whole_length(file: BinaryIO) -> int:
    """The file's length without a last line that a power cut left unfinished."""
    end = file.seek(0, os.SEEK_END)
    start = max(0, end - LONGEST_LINE)
    file.seek(start)
    return start + file.read().rfind(b"\n") + 1


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
