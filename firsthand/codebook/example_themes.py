"""The six themes of the scoping review of 2023, ready to be looked at or taken as a beginning."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).with_name("data") / "themes-2023.yaml"


@dataclass(frozen=True)
class ExampleFinding:
    """In short words of ours; papers by author and year."""

    text: str
    papers: tuple[str, ...]


@dataclass(frozen=True)
class ExampleMapping:
    """A source of harm of the model, by its code, and why."""

    entry: str
    why: str


@dataclass(frozen=True)
class ExampleTheme:
    name: str
    findings: tuple[ExampleFinding, ...]
    mapped_to: tuple[ExampleMapping, ...]

    @property
    def papers(self) -> tuple[str, ...]:
        return tuple(sorted({paper for each in self.findings for paper in each.papers}))


@dataclass(frozen=True)
class Example:
    """`says_who`: whose mapping it is. `model`: the version of the model that it maps to."""

    citation: str
    address: str
    model: str
    says_who: str
    themes: tuple[ExampleTheme, ...]


@cache
def themes_2023() -> Example:
    """The themes as the file beside this one has them."""
    told = yaml.safe_load(FILE.read_text("utf-8"))
    themes = tuple(
        ExampleTheme(
            each["name"],
            tuple(ExampleFinding(it["finding"], tuple(it["papers"])) for it in each["findings"]),
            tuple(ExampleMapping(it["entry"], it["why"]) for it in each["mapped_to"]),
        )
        for each in told["themes"]
    )
    return Example(told["source"], told["address"], told["model"], told["says_who"], themes)
