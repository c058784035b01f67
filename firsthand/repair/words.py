"""What is said, to and from the bytes that are sealed."""

import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

FIELD = "said"


@dataclass(frozen=True)
class FileLine:
    """A file sent with a message, as it is listed. `size` is in bytes."""

    id: str
    name: str
    media_type: str
    size: int


@dataclass(frozen=True)
class Said:
    """The words of one turn: `text` of a message, the four parts of an answer.

    `cannot` is what a team says when there is nothing it can promise.
    """

    text: str = ""
    heard: str = ""
    responsible: str = ""
    needed: str = ""
    cannot: str = ""
    files: tuple[FileLine, ...] = ()


@dataclass(frozen=True)
class Asked:
    """What the person would like from the team: some of `rules.ASKS`, and their own words."""

    asks: tuple[str, ...] = ()
    text: str = ""

    def __bool__(self) -> bool:
        return bool(self.asks or self.text.strip())


@dataclass(frozen=True)
class Pledge:
    """One line of what a team will do: what, who sees to it, by when."""

    text: str
    who: str
    due: date


def said_to_sealed(said: Said) -> dict[str, bytes]:
    return _sealed(asdict(said))


def said_from_sealed(body: bytes | None) -> Said:
    given = _given(body)
    files = tuple(FileLine(**line) for line in given.pop("files", ()))
    return Said(**given, files=files)


def asked_to_sealed(asked: Asked) -> dict[str, bytes]:
    return _sealed(asdict(asked))


def asked_from_sealed(body: bytes | None) -> Asked:
    given = _given(body)
    return Asked(tuple(given.get("asks", ())), given.get("text", ""))


def pledge_to_sealed(pledge: Pledge) -> dict[str, bytes]:
    """Return what is sealed of a promise: the day it is due stays in the clear."""
    return _sealed({"text": pledge.text, "who": pledge.who})


def pledge_from_sealed(body: bytes | None, due: date) -> Pledge:
    return Pledge(due=due, **_given(body))


def _sealed(given: dict[str, Any]) -> dict[str, bytes]:
    # surrogatepass: half a character, as some keyboards send it, is kept as it came
    return {FIELD: json.dumps(given, ensure_ascii=False).encode("utf-8", "surrogatepass")}


def _given(body: bytes | None) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((body or b"{}").decode("utf-8", "surrogatepass"))
    return found
