"""A model's data file, read and checked: from what YAML gives to records that hold together.

Pure. Raises BadModel, with a sentence for whoever wrote the file, at the first thing wrong.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from firsthand.harms import rules


class BadModel(ValueError):
    """The file is not a model of harm; the message says what to mend."""


@dataclass(frozen=True)
class LinkRecord:
    """A link from an entry to something outside the model, and who says so."""

    scheme: str
    target: str
    target_name: str
    says_who: str


@dataclass(frozen=True)
class EntryRecord:
    """One line of the model. `position` counts from 1 through the whole file."""

    code: str
    kind: str
    parent: str | None
    rank: str
    ranked_by: str
    position: int
    name: str
    label: str
    description: str
    content_note: str
    examples: tuple[str, ...]
    stages: tuple[str, ...]
    links: tuple[LinkRecord, ...]


@dataclass(frozen=True)
class MapRecord:
    """How an entry of an earlier version, as slug/code, stands to an entry of this one."""

    from_entry: str
    to_entry: str
    relation: str
    note: str


@dataclass(frozen=True)
class ModelRecord:
    """A version of the model, whole."""

    slug: str
    title: str
    citation: str
    made_by: str
    published_on: str
    published_to_the: str
    stages: tuple[dict[str, str], ...]
    says_who: dict[str, dict[str, str]]
    schemes: dict[str, dict[str, Any]]
    entries: tuple[EntryRecord, ...]
    map: tuple[MapRecord, ...]

    def facts(self) -> dict[str, Any]:
        """Give everything the model says, as plain data: what its digest is taken of."""
        return asdict(self)


def read(data: Any) -> ModelRecord:
    """Turn what the YAML file holds into a record. Raises BadModel."""
    top = _mapping(data, "The file")
    made = ModelRecord(
        slug=_text(top, "slug", "The file"),
        title=_text(top, "title", "The file"),
        citation=_text(top, "citation", "The file"),
        made_by=_text(top, "made_by", "The file"),
        published_on=_day(top.get("published_on")),
        published_to_the=_one_of(top.get("published_to_the"), rules.TO_THE, "published_to_the"),
        stages=tuple(dict(stage) for stage in top.get("stages", ())),
        says_who=dict(top.get("says_who", {})),
        schemes=dict(top.get("schemes", {})),
        entries=tuple(_entries(top)),
        map=tuple(_map(line) for line in top.get("map") or ()),
    )
    _check_whole(made)
    return made


def _entries(top: Mapping[str, Any]) -> Iterable[EntryRecord]:
    for position, line in enumerate(top.get("entries") or (), start=1):
        where = f"Entry {position}"
        yield _entry(top, _mapping(line, where), position, where)


def _entry(top: Mapping[str, Any], line: Mapping[str, Any], at: int, where: str) -> EntryRecord:
    kind = _one_of(line.get("kind"), rules.KINDS, f"The kind of {where}")
    every_stage = [stage["code"] for stage in top.get("stages", ())]
    return EntryRecord(
        code=_text(line, "code", where),
        kind=kind,
        parent=line.get("parent"),
        rank=_text(line, "rank", where),
        ranked_by=_one_of(top.get("ranked_by", {}).get(kind), rules.RANKED_BY, "ranked_by"),
        position=at,
        name=_text(line, "name", where),
        label=_text(line, "label", where),
        description=_text(line, "description", where),
        content_note=str(line.get("content_note", "")),
        examples=tuple(str(one) for one in line.get("examples") or ()),
        stages=tuple(top.get("stages_by_kind", {}).get(kind, every_stage)),
        links=tuple(_links(top, line.get("links") or {}, where)),
    )


def _links(top: Mapping[str, Any], given: Mapping[str, Any], where: str) -> Iterable[LinkRecord]:
    for who, targets in sorted(given.items()):
        _one_of(who, top.get("says_who", {}), f"Who says so, in {where}")
        for written in targets:
            scheme, _, target = str(written).partition(":")
            known = top.get("schemes", {}).get(scheme, {}).get("targets", {})
            _one_of(target, known, f"A link of {where} ({written})")
            yield LinkRecord(scheme, target, known[target], who)


def _map(line: Any) -> MapRecord:
    given = _mapping(line, "A line of the map")
    relation = _one_of(given.get("relation"), rules.RELATIONS, "A relation in the map")
    ends = _text(given, "from", "The map"), _text(given, "to", "The map")
    return MapRecord(*ends, relation, str(given.get("note", "")))


def _check_whole(made: ModelRecord) -> None:
    by_code = {entry.code: entry for entry in made.entries}
    if not made.entries or len(by_code) != len(made.entries):
        raise BadModel("A model needs entries, and no code may be used twice.")
    for entry in made.entries:
        if not rules.code_fits(entry.code, entry.kind, entry.parent):
            raise BadModel(f"{entry.code} is not a code for this kind of entry ({entry.kind}).")
        if entry.parent and entry.parent not in by_code:
            raise BadModel(f"{entry.code} belongs to {entry.parent}, which is not a source here.")
    for line in made.map:
        if line.to_entry not in by_code:
            raise BadModel(f"The map leads to {line.to_entry}, which is not in this version.")


def _mapping(value: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise BadModel(f"{where} should be a list of names and values.")
    return value


def _text(given: Mapping[str, Any], name: str, where: str) -> str:
    value = given.get(name)
    if not isinstance(value, str) or not value.strip():
        raise BadModel(f"{where} needs {name}, in words. Put a number between quotation marks.")
    return value.strip()


def _one_of(value: Any, allowed: Iterable[str], where: str) -> str:
    if value not in set(allowed):
        raise BadModel(f"{where} is {value!r}; it should be one of: {', '.join(sorted(allowed))}.")
    return str(value)


def _day(value: Any) -> str:
    if not isinstance(value, dt.date) or isinstance(value, dt.datetime):
        raise BadModel("published_on should be a day, written as 2022-12-31.")
    return value.isoformat()
