"""Begins a note of what changed, in plain words, from the changes. People then edit it.

Pure.
"""

from collections.abc import Mapping, Sequence

from firsthand.methods.mapping import Step

_ONE: Mapping[str, str] = {
    "added": "New", "reworded": "Said in other words", "moved": "Moved", "merged": "Merged",
    "split": "Split", "removed": "Taken out", "ranked": "Put in another order",
}  # fmt: skip


def begun(old: str, changes: Sequence[Step], labels: Mapping[str, str]) -> str:
    """Return a note. `labels` are plain words by code, old and new; `old` names the old version."""
    if not changes:
        return f"Nothing has changed since {old}."
    lines = [f"This version began from {old}. These are the changes."]
    for kind, heading in _ONE.items():
        found = [_said(step, labels) for step in changes if step.kind == kind]
        lines += ["", f"{heading}:"] if found else []
        lines += [f"- {line}" for line in found]
    return "\n".join(lines)


def _said(step: Step, labels: Mapping[str, str]) -> str:
    sources = _list(step.sources, labels)
    results = _list(step.results, labels)
    said = {
        "added": results, "reworded": results, "moved": f"{sources} is now {results}",
        "merged": f"{sources} became {results}", "split": f"{sources} became {results}",
        "removed": sources, "ranked": f"The list of {sources}",
    }[step.kind]  # fmt: skip
    return f"{said}. Why: {step.reason}"


def _list(codes: Sequence[str], labels: Mapping[str, str]) -> str:
    said = [f"“{labels[code]}” ({code})" if code in labels else code for code in codes]
    return " and ".join(said) if len(said) < 3 else ", ".join(said[:-1]) + f" and {said[-1]}"
