"""What a code says here, as the one text that other programs have for it, and back. Pure.

The definition comes first; when to use it, when not, notes and examples follow under headings that
a person reads in any program. A line of someone's own that looks like such a heading gets a
backslash before it, so that every text comes back as it was.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

_HEADS = {
    "when_to_use": "When to use it:",
    "when_not": "When not to use it:",
    "memo": "Notes on it:",
    "pattern": "How it is drawn:",
    "entry": "In the model of harm:",
}
_EXAMPLE, _NOTE = "An example:", "On this example:"
_ALL = {*_HEADS.values(), _EXAMPLE, _NOTE}
_BREAK = "\n\n"


@dataclass(frozen=True)
class Said:
    """What a code says: its texts by name, and its examples (text, note)."""

    texts: dict[str, str] = field(default_factory=dict)
    examples: tuple[tuple[str, str], ...] = ()


def written(said: Said) -> str:
    """Return it as one text."""
    parts = [_kept(said.texts.get("definition", ""))]
    parts += [
        f"{head}\n{_kept(said.texts[name])}"
        for name, head in _HEADS.items()
        if said.texts.get(name)
    ]
    for text, note in said.examples:
        parts.append(f"{_EXAMPLE}\n{_kept(text)}")
        parts += [f"{_NOTE}\n{_kept(note)}"] if note else []
    return _BREAK.join(parts) if any(parts) else ""


def read(text: str) -> Said:
    """Return what such a text says. Without headings all of it is the definition."""
    texts: dict[str, str] = {}
    examples: list[tuple[str, str]] = []
    by_head = {head: name for name, head in _HEADS.items()}
    for head, body in _sections(text):
        if head == _EXAMPLE:
            examples.append((body, ""))
        elif head == _NOTE and examples:
            examples[-1] = (examples[-1][0], body)
        else:
            texts[by_head.get(head, "definition")] = body
    return Said({name: body for name, body in texts.items() if body}, tuple(examples))


def _sections(text: str) -> Iterator[tuple[str, str]]:
    """Yield each heading ("" before the first one) and what stands below it."""
    head, lines = "", list[str]()
    for line in text.split("\n"):
        if line in _ALL:
            yield head, _body(lines, last=False)
            head, lines = line, []
        else:
            lines.append(line[1:] if line.startswith("\\") and line.lstrip("\\") in _ALL else line)
    yield head, _body(lines, last=True)


def _body(lines: list[str], *, last: bool) -> str:
    """Before a heading stands an empty line that belongs to neither."""
    return "\n".join(lines if last or lines[-1:] != [""] else lines[:-1])


def _kept(text: str) -> str:
    return "\n".join(
        f"\\{line}" if line.lstrip("\\") in _ALL else line for line in text.split("\n")
    )
