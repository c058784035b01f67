"""Changing a draft's lines. Each change gives its reason, and keeps how things were before it.

Everything happens in the order of the lock that `policies.check_open` takes. `seen` is the mark
of the line (or the list) that the editor looked at: when it has changed since, nothing is kept.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction

from firsthand.access.refused import not_now
from firsthand.harms import policies, rules, state
from firsthand.harms.actions.keeping import Kept, keep
from firsthand.harms.models import Change, Editor
from firsthand.harms.state import Line, State

Texts = Mapping[str, Any]  # name, label, description; content_note and examples may be left out


@transaction.atomic
def add(by: Editor, kind: str, parent: str | None, texts: Texts, reason: str) -> Change:
    """Add a line at the end of its list."""
    now = _now(by)
    if kind not in rules.KINDS or (kind == rules.EXPERIENCE) != bool(parent):
        raise not_now("An experience belongs to a source of harm, and nothing else does.")
    if parent:
        _line(now, parent, kind=rules.SOURCE)
    code = rules.next_code(kind, parent, _used(by, now))
    line = _new(by, kind, code, parent, texts)
    lines = {code: line}
    return keep(by, now, Kept(rules.ADDED, code, (), (code,), reason, lines, _last(now, line)))


@transaction.atomic
def reword(
    by: Editor, code: str, texts: Texts, reason: str, relation: str = "exact", seen: str = ""
) -> Change:
    """Say a line in other words. `relation`: how its old meaning stands to the new one."""
    now = _now(by)
    old = _line(now, code, seen)
    new = {**old, **_texts(texts), "stages": _stages(by, old)}
    if all(old[name] == new[name] for name in state.TEXTS):
        raise not_now("These are the words it has already, so nothing was changed.")
    kept = Kept(rules.REWORDED, code, (code,), (code,), reason, {code: new}, relation=relation)
    return keep(by, now, kept)


@transaction.atomic
def move(by: Editor, code: str, parent: str, reason: str, seen: str = "") -> Change:
    """Move an experience to another source. Its code says its source, so it gets a new one."""
    now = _now(by)
    old = _line(now, code, seen, kind=rules.EXPERIENCE)
    if _line(now, parent, kind=rules.SOURCE)["code"] == old["parent"]:
        raise not_now(f"{code} belongs to {parent} already.")
    to = rules.next_code(rules.EXPERIENCE, parent, _used(by, now))
    new = {**old, "code": to, "parent": parent, "ranked_by": rules.EDITORS,
           "stages": _stages(by, old)}  # fmt: skip
    orders = _away(now, [old]) | _last(now, new)
    kept = Kept(rules.MOVED, code, (code,), (to,), reason, {code: None, to: new}, orders)
    return keep(by, now, kept)


@transaction.atomic
def merge(by: Editor, codes: Sequence[str], texts: Texts, reason: str, seen: str = "") -> Change:
    """Merge lines into the first of them, which says all of them in new words."""
    now = _now(by)
    old = [_line(now, code) for code in dict.fromkeys(codes)]
    if len(old) < 2 or len({line["kind"] for line in old}) > 1:
        raise not_now("Choose two lines or more of one kind, to merge them.")
    policies.check_seen(seen, state.mark(old[0]))
    for line in old[1:]:
        _childless(now, line, "merged into another")
    into = old[0]
    links = {state.mark(link): link for line in old for link in line["links"]}
    new = {**into, **_texts(texts), "stages": _stages(by, into), "links": list(links.values())}
    lines: dict[str, Line | None] = {line["code"]: None for line in old} | {into["code"]: new}
    every = tuple(line["code"] for line in old)
    orders = _away(now, old[1:])
    kept = Kept(rules.MERGED, into["code"], every, (into["code"],), reason, lines, orders)
    return keep(by, now, kept)


@transaction.atomic
def split(by: Editor, code: str, parts: Sequence[Texts], reason: str, seen: str = "") -> Change:
    """Split a line into two or more, each under a new code, in its place in the list."""
    now = _now(by)
    old = _line(now, code, seen)
    if len(parts) < 2:
        raise not_now("Write two new lines at least, to split one.")
    _childless(now, old, "split")
    used, lines = set(_used(by, now)), dict[str, Line | None]({code: None})
    for texts in parts:
        to = rules.next_code(old["kind"], old["parent"], used)
        used.add(to)
        lines[to] = {**_new(by, old["kind"], to, old["parent"], texts), "links": old["links"]}
    results = tuple(to for to in lines if to != code)
    orders = _instead(now, old, results)
    return keep(by, now, Kept(rules.SPLIT, code, (code,), results, reason, lines, orders))


@transaction.atomic
def remove(by: Editor, code: str, reason: str, seen: str = "") -> Change:
    """Take a line out. What was coded with it in an earlier version stays coded there."""
    now = _now(by)
    old = _line(now, code, seen)
    _childless(now, old, "removed")
    kept = Kept(rules.REMOVED, code, (code,), (), reason, {code: None}, _away(now, [old]))
    return keep(by, now, kept)


@transaction.atomic
def rank(
    by: Editor, name: str, groups: Sequence[Sequence[str]], reason: str,
    ranked_by: str = rules.SURVEY, seen: str = "",
) -> Change:  # fmt: skip
    """Put a list in another order. Lines of one group share a place."""
    now = _now(by)
    if name not in now.orders:
        raise not_now("There is no such list in this draft.")
    policies.check_seen(seen, state.mark(now.orders[name]))
    codes = [code for group in now.orders[name] for code in group]
    if sorted(code for group in groups for code in group) != sorted(codes):
        raise not_now("Give every line of the list a place, and none of them twice.")
    if ranked_by not in rules.RANKED_BY:
        raise not_now("Say where the order comes from.")
    lines = {code: {**now.lines[code], "ranked_by": ranked_by} for code in codes}
    orders = {name: [list(group) for group in groups if group]}
    kept = Kept(rules.RANKED, codes[0], (name,), (), reason, lines, orders)
    return keep(by, now, kept)


# -- what they share ------------------------------------------------------------------------------


def _now(by: Editor) -> State:
    return state.read(policies.check_open(by.version).version)


def _line(now: State, code: str, seen: str = "", kind: str = "") -> Line:
    line = now.lines.get(code)
    if line is None or (kind and line["kind"] != kind):
        raise not_now(f"This draft has no such line as {code[:20]} that this could be done to.")
    policies.check_seen(seen, state.mark(line))
    return line


def _childless(now: State, line: Line, done: str) -> None:
    if line["kind"] == rules.SOURCE and now.orders.get(line["code"]):
        raise not_now(
            f"{line['code']} still has experiences under it. Move or remove those first; then it "
            f"can be {done}."
        )


def _texts(given: Texts) -> Line:
    """Return the words of a line. Raises Refused when one that is needed is missing."""
    told: Line = {name: str(given.get(name, "")).strip() for name in state.TEXTS[:4]}
    told["examples"] = [str(one).strip() for one in given.get("examples", ()) if str(one).strip()]
    if not (told["name"] and told["label"] and told["description"]):
        raise not_now("A line needs its official term, its plain words and what it means.")
    if len(told["label"]) > 120 or len(told["content_note"]) > 200:
        raise not_now("Plain words have 120 letters at most, and a content note has 200.")
    return told


def _new(by: Editor, kind: str, code: str, parent: str | None, texts: Texts) -> Line:
    line: Line = {"kind": kind, "code": code, "parent": parent, "ranked_by": rules.EDITORS,
                  "stages": [], "links": []}  # fmt: skip
    return state.anew({**line, **_texts(texts), "stages": _stages(by, line)})


def _stages(by: Editor, line: Line) -> list[str]:
    """A line that is new or changed also comes from the making of this version."""
    return list(dict.fromkeys([*line["stages"], by.version.stages[-1]["code"]]))


def _used(by: Editor, now: State) -> Iterable[str]:
    """Yield every code that this version or any before it ever gave."""
    yield from now.lines
    yield from state.codes_of_all()
    for change in by.version.changes.all():
        yield from (*change.sources, *change.results)


def _place(now: State, line: Line) -> str:
    return rules.list_of(line["kind"], line["parent"])


def _last(now: State, line: Line) -> state.Orders:
    name = _place(now, line)
    return {name: [*now.orders.get(name, []), [line["code"]]]}


def _away(now: State, lines: Sequence[Line]) -> state.Orders:
    codes = [line["code"] for line in lines]
    names = dict.fromkeys(_place(now, line) for line in lines)
    return {name: rules.without(now.orders[name], codes) for name in names}


def _instead(now: State, line: Line, codes: Sequence[str]) -> state.Orders:
    """Put new lines, one after the other, where the old one was."""
    found: list[list[str]] = []
    name = _place(now, line)
    for group in now.orders[name]:
        rest = [code for code in group if code != line["code"]]
        found += [rest] if rest else []
        found += [[code] for code in codes] if len(rest) < len(group) else []
    return {name: found}
