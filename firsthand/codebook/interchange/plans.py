"""What is to be made here of a file that was read, as values. Pure."""

from dataclasses import dataclass, field
from typing import Any

from firsthand.codebook.interchange.describing import Said
from firsthand.codebook.refi.telling import Told
from firsthand.codebook.refi.values import User


@dataclass(frozen=True)
class CodePlan:
    """A code to be made. `held`: its value, when it says more than a code here can."""

    guid: str
    name: str
    colour: str
    said: Said
    children: "tuple[CodePlan, ...]" = ()
    held: Any = None


@dataclass
class PassagePlan:
    """A passage to be made: code points, the GUIDs of its codes, whose it is."""

    guid: str
    user: str
    start: int
    end: int
    codes: list[str] = field(default_factory=list)
    memo: str = ""
    made: str = ""
    held: Any = None


@dataclass
class SourcePlan:
    """A source to be made. `held`: its value without text and stretches, and its element's name."""

    guid: str
    title: str
    text: str
    tag: str
    held: Any
    passages: list[PassagePlan] = field(default_factory=list)
    loose: list[Any] = field(default_factory=list)  # stretches that carry neither code nor memo
    beside: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """A whole project to be made. `rest`: what is only kept, as (kind, element, value)."""

    title: str
    question: str
    program: str
    double: int
    codes: tuple[CodePlan, ...]
    sources: tuple[SourcePlan, ...]
    users: tuple[User, ...]
    rest: tuple[tuple[str, str, Any], ...]
    finished: dict[str, list[str]]
    suggested: dict[str, list[str]]
    told: tuple[Told, ...]
