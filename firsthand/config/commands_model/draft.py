"""Begins a draft of the next version, or changes one.

    firsthand model draft 2027 --as Ada
    firsthand model draft 2027 --as Ada --changes changes.yaml
    firsthand model draft 2027 --as Ada --undo 3

A file of changes is a list; all of it is done, or nothing:

    - {do: reword, code: S1.1, label: Fixed rules, reason: Plainer, relation: close}
    - {do: move, code: S2.1, parent: S3, reason: It is about choice}
    - {do: merge, codes: [S4.1, S4.2], label: Both of these, reason: Said as one}
    - {do: split, code: S5.2, reason: Two things, parts: [{label: …, name: …, description: …}, …]}
    - {do: add, kind: experience, parent: S1, label: …, name: …, description: …, reason: …}
    - {do: remove, code: S7.3, reason: Nobody chose it}
    - {do: rank, list: minimisation, groups: [[M2], [M1, M3], …], reason: The survey of 2027}
    - {do: describe, title: …, made_by: …, authors: [{family: Brook, given: Ada}], note: …}

Words that are left out stay as they are.
"""

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from firsthand.config import drafting
from firsthand.config.reviewing import acting, tables
from firsthand.config.talk import Stop

if TYPE_CHECKING:
    from firsthand.harms.models import Editor

HELP = "Begin a draft of the next version, or change one"
WORDS = ("name", "label", "description", "content_note", "examples")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be given."""
    drafting.draft_argument(parser)
    parser.add_argument("--title", default="", help="its title, when it is begun")
    parser.add_argument("--from", dest="based_on", default="", help="the version it begins from")
    parser.add_argument("--changes", type=Path, metavar="FILE", help="changes, in YAML")
    parser.add_argument("--undo", type=int, metavar="N", help="undo change number N")
    acting.json_argument(parser)


def run(args: argparse.Namespace) -> None:
    """Begin, or change; then tell the changes that stand."""
    with acting.site():
        from django.db import transaction

        from firsthand.harms import queries

        with transaction.atomic():
            by = _editor(args)
            for line in _lines(args):
                _do(by, line)
            if args.undo is not None:
                _undo(by, args.undo)
        rows = [
            {"number": one.number, "did": one.kind, "sources": one.sources,
             "results": one.results, "reason": one.reason}
            for one in queries.changes(by.version)
        ]  # fmt: skip
    told = {"draft": by.version.slug, "id": by.version.pk, "changes": rows}
    lines = [f"{one['number']}. {' '.join(one['sources'])} {one['did']}"
             f" {' '.join(one['results'])} ({one['reason']})" for one in rows]  # fmt: skip
    tables.tell(told, [f"Draft of {by.version.slug}", *lines], args.json)


def _editor(args: argparse.Namespace) -> "Editor":
    from firsthand.harms.actions import drafting as actions
    from firsthand.harms.models import ModelVersion

    if ModelVersion.objects.filter(slug=args.draft).exists():
        return drafting.editor(args)
    by = acting.staff_called(args.who)
    return actions.begin(by, args.draft, args.title, based_on=args.based_on)


def _lines(args: argparse.Namespace) -> list[Mapping[str, Any]]:
    if not args.changes:
        return []
    read = drafting.read_yaml(args.changes)
    if not isinstance(read, list) or not all(isinstance(each, dict) for each in read):
        raise Stop(f"{args.changes.name} is not a list of changes.")
    return read


def _undo(by: "Editor", number: int) -> None:
    from firsthand.harms.actions import drafting as actions
    from firsthand.harms.models import Change

    row = Change.objects.filter(version=by.version, number=number).first()
    if row is None:
        raise Stop(f"There is no change {number} in this draft.")
    actions.undo(by, row.pk)


def _do(by: "Editor", line: Mapping[str, Any]) -> None:
    from firsthand.harms.actions import drafting as actions

    given = dict(line)
    did = str(given.pop("do", ""))
    ways = ("add", "reword", "move", "merge", "split", "remove", "rank", "describe")
    if did not in ways:
        raise Stop(f"A change says what to do: one of {', '.join(ways)}. This one says {did!r}.")
    if did in ("add", "reword", "merge"):
        words = {name: given.pop(name) for name in WORDS if name in given}
        given["texts"] = _said(by, given) | words
    if did == "rank":
        given["name"] = given.pop("list", "")
    if did == "add":
        given.setdefault("parent", None)
    if did == "describe":
        given = {"said": _described(by) | given}
    try:
        getattr(actions, did)(by, **given)
    except TypeError:
        raise Stop(f"This change is not whole, or says too much: {dict(line)}") from None


def _said(by: "Editor", given: Mapping[str, Any]) -> dict[str, Any]:
    """The words a line has now: what a change leaves out stays so."""
    from firsthand.harms import queries

    codes = given.get("codes") or [""]
    one = queries.entry(by.version, str(given.get("code") or codes[0]))
    return {name: getattr(one, name) for name in WORDS} if one else {}


def _described(by: "Editor") -> dict[str, Any]:
    row = by.drafting
    return {"title": by.version.title, "made_by": by.version.made_by, "authors": row.authors,
            "note": row.note}  # fmt: skip
