"""What is in a file, said before anything is made of it: for a page, a command, a program. Pure."""

from dataclasses import asdict, dataclass
from typing import Any

from firsthand.codebook.interchange.planning import plan
from firsthand.codebook.interchange.plans import CodePlan, Plan
from firsthand.codebook.refi.reading import Found
from firsthand.codebook.refi.telling import LEFT_OUT, MENDED


@dataclass(frozen=True)
class Look:
    """What is in a file. `valid`: nothing had to be put right or left out to read it."""

    file: str
    kind: str
    title: str
    program: str
    valid: bool
    codes: int
    sources: int
    passages: int
    codings: int
    coders: list[dict[str, Any]]
    told: list[dict[str, Any]]

    def as_data(self) -> dict[str, Any]:
        return asdict(self)


def look(found: Found, name: str) -> Look:
    """Return what is in a file that was read."""
    made = plan(found, name)
    wrong = [each for each in found.told if each.kind in (MENDED, LEFT_OUT)]
    passages = [one for each in made.sources for one in each.passages]
    return Look(
        name, "project" if found.project else "codebook", made.title, made.program, not wrong,
        _count(made.codes), len(made.sources), len(passages),
        sum(len(one.codes) for one in passages), _coders(made),
        [asdict(each) for each in made.told],
    )  # fmt: skip


def _coders(made: Plan) -> list[dict[str, Any]]:
    often: dict[str, int] = {}
    for each in made.sources:
        for one in each.passages:
            often[one.user] = often.get(one.user, 0) + 1
    return [
        {
            "guid": each.guid,
            "name": each.name or "Without a name",
            "passages": often.get(each.guid, 0),
        }
        for each in made.users
    ]  # fmt: skip


def _count(codes: tuple[CodePlan, ...]) -> int:
    return sum(1 + _count(each.children) for each in codes)
