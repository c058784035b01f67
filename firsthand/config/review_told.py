"""What `firsthand review import` tells of each file, in words and as JSON."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field

from firsthand.evidence.formats.reading import Format, Problem

_MOST = 20  # problems of a file that are told one by one


@dataclass
class Told:
    """What was found in one file."""

    file: str
    format: str = ""
    encoding: str = ""
    records: int = 0
    again: int = 0  # of these, how many an earlier file holds too, field by field
    fingerprint: str = ""
    same_as: str = ""  # the earlier file that is the same, byte for byte
    error: str = ""
    problems: list[Problem] = field(default_factory=list)
    more_problems: int = 0

    def note(self, problem: Problem, every: bool) -> None:
        """Remember a problem; past the first ones, only how many unless `every` is wanted."""
        if every or len(self.problems) < _MOST:
            self.problems.append(problem)
        else:
            self.more_problems += 1


def as_json(told: Sequence[Told]) -> str:
    """Return it for a program."""
    whole = {"records": _together(told), "files": [asdict(each) for each in told]}
    return json.dumps(whole, ensure_ascii=False) + "\n"


def words(told: Sequence[Told]) -> str:
    """Return it for a person."""
    lines = [line for each in told for line in _lines(each)]
    if len(told) > 1:
        lines.append(f"Together {_count(_together(told), 'record')}.")
    return "\n".join(lines) + "\n"


def _together(told: Sequence[Told]) -> int:
    return sum(each.records - each.again for each in told)


def _lines(told: Told) -> Iterator[str]:
    if told.same_as:
        yield f"{told.file}: the same file as {told.same_as}. Nothing of it was taken again."
        return
    if told.format:
        encoding = f", {told.encoding}" if told.encoding else ""
        found = f"{Format(told.format).words}{encoding}: {_count(told.records, 'record')}."
        yield f"{told.file}: {found}"
    if told.again:
        yield f"  {told.again} of them stand word for word in an earlier file; not taken again."
    for problem in told.problems:
        yield f"  line {problem.line}: {problem.said} Kept: {problem.kept}"
    if told.more_problems:
        yield f"  … and {told.more_problems} more. With --json all are told."
    if told.error:
        yield f"{told.file}: {told.error}"


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}" + ("" if number == 1 else "s")
