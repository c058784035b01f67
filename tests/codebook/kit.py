"""Coding projects for tests: made by the site's own actions, with three who code."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from firsthand.codebook import rules, settling
from firsthand.codebook.actions import (
    arriving,
    codes,
    double,
    passages,
    projects,
    sources,
    themes,
)
from firsthand.codebook.models import Code, Coder, Passage, Source
from firsthand.harms.models import Entry
from firsthand.people import rules as roles
from firsthand.people.models import User

WANTED = {"title": "Harms people name (made up)", "question": "Which harms do people name?"}
# Made up. With characters of one, two and three UTF-16 units or more: places are code points.
PLAIN = (
    "Nobody asked me. They decided in a meeting, and I was told later.\n\n"
    "I felt like a file \N{WAVING WHITE FLAG}\N{VARIATION SELECTOR-16}. "
    "Then the cafe\N{COMBINING ACUTE ACCENT} closed."
)
TALK = (
    "Interviewer: What happened?\nRosa: They read out my notes. I was in the room.\n"
    "Interviewer: And then?\nRosa: Nobody looked at me."
)


def user(name: str, role: str = roles.RESEARCHER) -> User:
    return User.objects.create(username=f"mark of {name}", role=role, name=name)


def coders(*names: str, **more: Any) -> list[Coder]:
    """Return the coders of a new project, its owner first."""
    owner = projects.make(user(names[0]), {**WANTED, **more})
    return [owner, *(projects.add_coder(owner, user(name), rules.CODER) for name in names[1:])]


def talk_turns() -> list[rules.TurnOf]:
    """Return where each speaks in TALK."""
    found, at = [], 0
    for line in TALK.split("\n"):
        found.append(rules.TurnOf(at, at + len(line), line.partition(":")[0]))
        at += len(line) + 1
    return found


@dataclass
class Made:
    """A project with three coders, two sources and five codes: two at the top, three below."""

    ada: Coder
    ben: Coder
    cai: Coder
    plain: Source
    talk: Source
    codes: dict[str, Code]

    def code(
        self, coder: Coder, words: str, *names: str, source: Source | None = None, memo: str = ""
    ) -> Passage:
        """Let someone code the first place where these words stand."""
        where = source or self.plain
        start = where.text.index(words)
        chosen = [self.codes[name] for name in names]
        return passages.code(coder, where, start, start + len(words), chosen, memo)


def made(*names: str) -> Made:
    """Return a project of Ada (its owner), Ben and Cai, or of three called otherwise."""
    ada, ben, cai = coders(*(names or ("Ada", "Ben", "Cai")))
    plain = sources.add(ada, kind=rules.DOCUMENT, title="A letter (made up)", text=PLAIN)
    talk = sources.add(
        ada, kind=rules.TRANSCRIPT, title="A talk (made up)", text=TALK, turns=talk_turns()
    )
    harm = codes.add(ada, "Harm", definition="What hurt.")
    feeling = codes.add(ada, "Feeling", definition="How it felt.")
    book = {
        "Harm": harm,
        "Not asked": codes.add(ada, "Not asked", parent=harm, definition="Decided without them."),
        "Looked past": codes.add(ada, "Looked past", parent=harm),
        "Feeling": feeling,
        "Like a thing": codes.add(ada, "Like a thing", parent=feeling),
    }
    return Made(ada, ben, cai, plain, talk, book)


@dataclass
class Coded:
    """A project with something of everything in it, and what its addresses name."""

    coder: Coder
    source: Source
    code: Code
    change: UUID
    passage: UUID
    settlement: UUID
    theme: UUID
    mapping: UUID
    finding: UUID
    arrival: UUID

    @classmethod
    def filled(cls, owner: Coder, other: Coder) -> "Coded":
        """Fill a project: a source, a code, a passage of the owner's, a file that waits."""
        source = sources.add(
            owner, kind=rules.DOCUMENT, title="Yarrow letter", text="Yarrow grew there."
        )
        code = codes.add(owner, "yarrow code")
        row = passages.code(owner, source, 0, 6, [code], "yarrow memo")
        file = arriving.take(owner, [("yarrow.txt", b"Yarrow by the gate.")]).new[0]
        theme = themes.add(owner, {"name": "yarrow theme", "codes": [code]})
        finding = themes.add_finding(owner, {"text": "yarrow finding", "themes": [theme]})
        entry = Entry.objects.first()  # there where the model of harm was loaded
        mapping = themes.map_to(owner, theme, entry, "yarrow says").id if entry else uuid4()
        return cls(
            other, source, code, code.changes.get().id, row.id, _settled(owner, other, code),
            theme.id, mapping, finding.id, file.id,
        )  # fmt: skip

    @property
    def addresses(self) -> dict[str, UUID]:
        return {
            "project": self.coder.project_id,
            "coder": self.coder.id,
            "source": self.source.id,
            "code_id": self.code.id,
            "change": self.change,
            "passage": self.passage,
            "settlement": self.settlement,
            "theme": self.theme,
            "mapping": self.mapping,
            "finding": self.finding,
            "arrival": self.arrival,
        }


def _settled(one: Coder, other: Coder, code: Code) -> UUID:
    """Return what settled a difference between two who have finished a source."""
    text = "Yarrow stood by the gate."
    source = sources.add(one, kind=rules.DOCUMENT, title="Yarrow talk", text=text)
    passages.code(one, source, 0, 12, [code])
    for each in (one, other):
        passages.finish(each, source)
    (place,) = settling.compared(source)
    ids = tuple(each.id for each in place.passages)
    said = settling.Wanted(ids, rules.NEITHER, "yarrow reason", together=True)
    return double.settle(one, source, code, said).id
