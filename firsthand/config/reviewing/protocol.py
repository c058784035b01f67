"""Protocol, criteria and searches out of a YAML file, checked as the pages check them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from firsthand.config.talk import Stop

_MOST = 2_000_000  # bytes
_PARTS = {
    "title", "question", "population", "concept", "context", "aims", "databases", "dates",
    "languages", "each",
}  # fmt: skip
TEMPLATE = """\
# The protocol of a scoping review. Only the title and the question are needed to begin.
title: "Harm in social care (made up)"
question: "Which harms do people name who use mental health social care?"
population: "Adults who use mental health social care"
concept: "Harm, as they name it"
context: "Social care in the United Kingdom"
aims: "To know what to repair first"
databases:
  - PsycINFO
  - ASSIA
dates: "1990 to today"
languages: "English"
each: 2            # how many reviewers decide each record, apart from each other

# One thing in each, so that it can be the reason for leaving a record out.
criteria:
  - include: "It is about mental health social care."
  - include: "People who use the service speak for themselves."
  - exclude: "It is about treatment in hospital only."

# Each search as it was run (PRISMA-S). `source`: database, register, or other (another way).
searches:
  - source: database
    database: PsycINFO
    platform: Ovid
    ran_on: 2026-03-02
    string: "(harm* OR iatrogen*) AND social care"
    limits: ""
    hits: 12       # what the source said; leave it out if it said none
"""


@dataclass(frozen=True)
class Plan:
    """What the file says, each part as its form on the page takes it."""

    protocol: dict[str, Any]
    criteria: list[tuple[str, str]]
    searches: list[dict[str, Any]]


def plan(place: Path) -> Plan:
    """Read and check a file. Raises Stop with everything that is wrong at once."""
    told = parsed(place)
    if not isinstance(told, dict):
        raise Stop(f"{place.name} has to say title: and question:. --template shows how.")
    wrong: list[str] = []
    strange = sorted(set(map(str, told)) - _PARTS - {"criteria", "searches"})
    wrong += [f"{each} is no part of a protocol." for each in strange]
    made = Plan(
        _protocol(told, wrong),
        [_criterion(each, at, wrong) for at, each in _listed(told, "criteria", wrong)],
        [_search(each, at, wrong) for at, each in _listed(told, "searches", wrong)],
    )
    if wrong:
        raise Stop("\n".join([f"{place.name} cannot be used.", *wrong]))
    return made


def parsed(place: Path) -> Any:
    """Return what a YAML file says. Raises Stop."""
    import yaml

    try:
        with place.open("rb") as file:
            content = file.read(_MOST + 1)
        if len(content) > _MOST:
            raise Stop(f"{place.name} is far too large to be a protocol.")
        if b"&" in content and b"*" in content and _has_anchors(content):
            raise Stop(f"{place.name} repeats parts by & and *. Write them out.")
        return yaml.safe_load(content)
    except OSError as why:
        raise Stop(f"{place.name} cannot be read: {why.strerror}.") from None
    except (yaml.YAMLError, ValueError, RecursionError) as why:
        mark = getattr(why, "problem_mark", None)
        at = f" at line {mark.line + 1}" if mark else ""
        raise Stop(f"{place.name} is not YAML: something is wrong{at}.") from None


def _has_anchors(content: bytes) -> bool:
    """A few lines that repeat each other can grow to fill any memory."""
    import yaml

    return any(isinstance(each, yaml.AliasEvent) for each in yaml.parse(content))


def _protocol(told: dict[str, Any], wrong: list[str]) -> dict[str, Any]:
    from firsthand.evidence.forms.protocol import ProtocolForm

    form = ProtocolForm(
        {"each": "2", **{name: _plain(told.get(name)) for name in _PARTS & set(told)}}
    )
    wrong += said_by(form)
    return form.cleaned_data


def _plain(value: Any) -> str:
    """A list is a line for each, as on the page."""
    if isinstance(value, list):
        return "\n".join(map(str, value))
    return "" if value is None else str(value)


def _listed(told: dict[str, Any], name: str, wrong: list[str]) -> list[tuple[int, Any]]:
    rows = told.get(name) or []
    if not isinstance(rows, list):
        wrong.append(f"{name} has to be a list, each line beginning with a dash.")
        return []
    return list(enumerate(rows, start=1))


def _criterion(said: Any, at: int, wrong: list[str]) -> tuple[str, str]:
    if isinstance(said, dict) and len(said) == 1:
        [(kind, text)] = said.items()
        if kind in ("include", "exclude") and str(text or "").strip():
            return kind, str(text).strip()
    wrong.append(f'Criterion {at} has to be like: include: "It is about …"  (or exclude:)')
    return "", ""


def _search(said: Any, at: int, wrong: list[str]) -> dict[str, Any]:
    from firsthand.evidence.forms.searching import SearchForm

    if not isinstance(said, dict):
        wrong.append(f"Search {at} has to say database: and ran_on:. --template shows how.")
        return {}
    form = SearchForm({"source": "database", **{k: _plain(v) for k, v in said.items()}})
    strange = sorted(set(map(str, said)) - set(form.fields))
    wrong += [f"Search {at}: {each} is no part of a search." for each in strange]
    wrong += [f"Search {at}: {line}" for line in said_by(form)]
    return form.cleaned_data


def said_by(form: Any) -> list[str]:
    """Return what is wrong with what a form was given, a sentence for each."""
    return [
        f"{name}: {each}" if name != "__all__" else str(each)
        for name, errors in form.errors.items() for each in errors
    ]  # fmt: skip
