"""Asking about the model of harm. Only published versions are ever asked about by others."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Prefetch, QuerySet

from firsthand.harms import finding, rules
from firsthand.harms.models import (
    Change,
    CrossLink,
    Drafting,
    Editor,
    Entry,
    Ground,
    ModelVersion,
    SignOff,
    Switch,
    Trail,
    VersionMap,
)
from firsthand.people import rules as roles
from firsthand.people.models import User
from firsthand.people.queries import staff


@dataclass(frozen=True)
class SaidLink:
    """A link as a page says it: to what, who says so, and what that means."""

    target: str
    target_name: str
    who: str
    note: str


Linked = tuple[Entry, list[str]]  # an entry, and the names of those who link it


def published_versions() -> QuerySet[ModelVersion]:
    """Return every published version, the newest first; of one day, the last published first."""
    rows = ModelVersion.objects.filter(published_on__isnull=False)
    last = F("drafting__published_at").desc(nulls_last=True)
    return rows.order_by("-published_on", last, "slug")


def current_version() -> ModelVersion | None:
    """Return the newest published version, or None on a site where none is loaded."""
    return published_versions().first()


def version_in_use() -> ModelVersion | None:
    """Return the version that accounts are linked with and figures counted by; None without any.

    The one a steward chose last; before anyone chose, the newest of those that came in a file.
    A version that was drafted on this site is in use only once a steward says so.
    """
    chosen = Switch.objects.select_related("version").last()
    if chosen:
        return chosen.version
    return published_versions().filter(drafting=None).first() or current_version()


def version(slug: str) -> ModelVersion | None:
    """Return the published version of this slug, or None."""
    return published_versions().filter(slug=slug).first()


def entries(of: ModelVersion, kind: str | None = None) -> QuerySet[Entry]:
    """Return a version's entries in the model's order, of one kind or of all."""
    rows = Entry.objects.filter(version=of).select_related("version", "parent")
    rows = rows.prefetch_related("links")
    return rows.filter(kind=kind) if kind else rows


def entry(of: ModelVersion, code: str) -> Entry | None:
    """Return the entry with this code, or None; text that cannot be a code is not asked about."""
    if not rules.is_code(code):
        return None
    return entries(of).filter(code=code).first()


def with_experiences(of: ModelVersion) -> list[Entry]:
    """List the sources in order of rank, each with its experiences fetched as `children`."""
    inner = Entry.objects.select_related("version")
    rows = entries(of, rules.SOURCE)
    return list(rows.prefetch_related(Prefetch("children", queryset=inner)))


def siblings(one: Entry) -> list[Entry]:
    """List the entries that stand in the same list, itself among them, in order."""
    rows = Entry.objects.filter(version=one.version_id, kind=one.kind, parent=one.parent_id)
    return list(rows.select_related("version"))


def sharing_rank(one: Entry) -> list[Entry]:
    """List the other entries of its list with the same number: 6A for 6B."""
    number = rules.rank_number(one.rank)
    mates = (mate for mate in siblings(one) if mate.pk != one.pk)
    return [mate for mate in mates if rules.rank_number(mate.rank) == number]


def children(one: Entry) -> list[Entry]:
    """List a source's experiences in order; [] for anything else."""
    return list(Entry.objects.filter(parent=one).select_related("version"))


def rank_words(one: Entry) -> str:
    """Say an entry's rank as a sentence: what place, of how many, and where the place is from."""
    many = len({rules.rank_number(mate.rank) for mate in siblings(one)})
    said = f"{rules.rank_number(one.rank)} of {many}"
    mates = " and ".join(mate.code for mate in sharing_rank(one))
    shared = f", the same rank as {mates}" if mates else ""
    return f"{said}{shared}. {rules.RANKED_BY[one.ranked_by]}."


def search(of: ModelVersion, text: str, limit: int | None = 30) -> list[Entry]:
    """List the entries that fit what someone typed, the best first; [] when nothing does.

    Looks in official terms, plain labels, descriptions and examples. A code finds its entry.
    """
    coded = entry(of, text.strip().upper())
    if coded:
        return [coded]
    rows = list(entries(of))
    scores = finding.scores(finding.terms(text), [_weighted(one) for one in rows])
    least = finding.FAINT * max(scores, default=0)
    found = [(score, one) for score, one in zip(scores, rows, strict=True) if score > least]
    found.sort(key=lambda pair: (-pair[0], pair[1].position))
    return [one for _, one in found][:limit]


def _weighted(one: Entry) -> finding.Weighted:
    said = ((3.0, one.label), (2.5, one.name), (1.5, one.description))
    return (*said, *((1.0, example) for example in one.examples))


def said_links(one: Entry) -> dict[str, list[SaidLink]]:
    """Give what an entry is linked to, by scheme's name, in the order of the version's schemes."""
    schemes, who = one.version.schemes, one.version.says_who
    found: dict[str, list[SaidLink]] = {}
    for code, scheme in schemes.items():
        lines = [link for link in one.links.all() if link.scheme == code]
        if lines:
            found[scheme["name"]] = [_said(link, who) for link in lines]
    return found


def _said(link: CrossLink, who: dict[str, dict[str, str]]) -> SaidLink:
    said = who[link.says_who]
    return SaidLink(link.target, link.target_name, said["name"], said.get("note", ""))


def stages(one: Entry) -> list[dict[str, str]]:
    """List the stages of its making, each {code, name, description}."""
    return [stage for stage in one.version.stages if stage["code"] in one.stages]


def crosswalk(of: ModelVersion, scheme: str) -> list[tuple[str, str, list[Linked]]]:
    """List a scheme's targets as (code, name, [(entry, who says so)]), empty ones too."""
    by_target: dict[str, list[Linked]] = {}
    for one in entries(of):
        for target, who in _who_links(one, scheme).items():
            by_target.setdefault(target, []).append((one, who))
    targets = of.schemes[scheme]["targets"].items()
    return [(code, name, by_target.get(code, [])) for code, name in targets]


def _who_links(one: Entry, scheme: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for link in one.links.all():
        if link.scheme == scheme:
            name = one.version.says_who[link.says_who]["name"]
            found.setdefault(link.target, []).append(name)
    return found


def maps(one: Entry) -> list[VersionMap]:
    """List how an entry stands to entries of other published versions, both ways."""
    rows = VersionMap.objects.select_related("from_entry__version", "to_entry__version")
    both = [*rows.filter(from_entry=one), *rows.filter(to_entry=one)]
    return [
        row for row in both if row.from_entry.version.published and row.to_entry.version.published
    ]


def carried_over(
    codes: Iterable[str], old: ModelVersion, new: ModelVersion
) -> dict[str, list[str]]:
    """Give, for each code of an old version, the codes of a new one that mean the same or nearly.

    A code with no such counterpart gets []: nothing is coded anew without someone deciding.
    """
    rows = VersionMap.objects.filter(
        from_entry__version=old, to_entry__version=new, relation__in=("exact", "close")
    ).order_by("to_entry__position")
    found: dict[str, list[str]] = {code: [] for code in codes}
    for before, after in rows.values_list("from_entry__code", "to_entry__code"):
        if before in found:
            found[before].append(after)
    return found


def altered(of: ModelVersion) -> bool:
    """Tell whether the database no longer says what was published: the digests differ."""
    return rules.digest(facts(of)) != of.digest


def facts(of: ModelVersion) -> dict[str, Any]:
    """Give everything a stored version says, in the form its digest is taken of."""
    same = ("slug", "title", "citation", "made_by", "published_to_the", "says_who", "schemes")
    told = {name: getattr(of, name) for name in same}
    day = of.published_on.isoformat() if of.published_on else ""
    lines = VersionMap.objects.filter(to_entry__version=of).select_related(
        "from_entry__version", "to_entry"
    )
    return (
        told
        | _making(of)
        | {
            "published_on": day,
            "stages": list(of.stages),
            "entries": [_entry_facts(one) for one in entries(of)],
            "map": sorted((_map_facts(line) for line in lines), key=_map_order),
        }
    )


def _making(of: ModelVersion) -> dict[str, Any]:
    """Give how a version was made on this site; nothing for one that came in a file."""
    row = drafting_of(of)
    if row is None:
        return {}
    change = ("number", "kind", "code", "sources", "results", "relation", "reason")
    ground = ("code", "kind", "title", "count", "low", "high", "detail", "at")
    signed = ("who", "capacity", "said", "remarks", "digest")
    return {
        "making": {
            "based_on": row.based_on.slug,
            "authors": row.authors,
            "note": row.note,
            "changes": [{name: getattr(one, name) for name in change} for one in changes(of)],
            "grounds": [{name: getattr(one, name) for name in ground} for one in grounds(of)],
            "signed": [
                {name: getattr(one, name) for name in signed} | {"on": one.signed_on.isoformat()}
                for one in SignOff.objects.filter(version=of)
            ],
        }
    }


def _entry_facts(one: Entry) -> dict[str, Any]:
    same = ("code", "kind", "rank", "ranked_by", "position", "name", "label", "description",
            "content_note", "examples", "stages")  # fmt: skip
    link = ("scheme", "target", "target_name", "says_who")
    links = [{name: getattr(row, name) for name in link} for row in one.links.all()]
    told = {name: getattr(one, name) for name in same}
    return told | {"parent": one.parent.code if one.parent else None, "links": links}


def _map_facts(line: VersionMap) -> dict[str, str]:
    start = f"{line.from_entry.version.slug}/{line.from_entry.code}"
    end = line.to_entry.code
    return {"from_entry": start, "to_entry": end, "relation": line.relation, "note": line.note}


def _map_order(line: dict[str, str]) -> tuple[str, str]:
    return line["to_entry"], line["from_entry"]


# -- drafts --------------------------------------------------------------------------------------


def open_drafts(user: User) -> list[Editor]:
    """List someone's places among the editors of drafts that are not published."""
    rows = Editor.objects.filter(user=user, left_on=None, drafting__version__published_on=None)
    return list(rows.select_related("drafting__version", "drafting__based_on", "user"))


def open_draft(draft: uuid.UUID) -> Drafting | None:
    """Return the making of a version that is not published yet, or None."""
    rows = Drafting.objects.filter(version_id=draft, version__published_on=None)
    return rows.select_related("version", "based_on").first()


def edited(user: User) -> list[Editor]:
    """List every draft someone edits, published ones too; the newest first."""
    rows = Editor.objects.filter(user=user, left_on=None).order_by("-drafting__begun_at")
    return list(rows.select_related("drafting__version", "drafting__based_on"))


def editors(of: Drafting) -> list[Editor]:
    """List who edits a draft today."""
    return list(of.editors.filter(left_on=None).select_related("user"))


def could_edit(of: Drafting) -> QuerySet[User]:
    """Return the researchers who could be added."""
    there = of.editors.filter(left_on=None).values("user_id")
    return staff().filter(role=roles.RESEARCHER, is_active=True).exclude(id__in=there)


def drafting_of(of: ModelVersion) -> Drafting | None:
    """Return how a version was made on this site; None when it came in a file."""
    return Drafting.objects.filter(version=of).select_related("based_on", "version").first()


def changes(of: ModelVersion, *, undone: bool = False) -> list[Change]:
    """List the changes of a draft in order: those that stand, or all."""
    rows = Change.objects.filter(version=of).select_related("by", "undone_by")
    return list(rows if undone else rows.filter(undone_at=None))


def trail(of: ModelVersion) -> QuerySet[Trail]:
    """Return everything that was done to a draft, the last first."""
    return Trail.objects.filter(version=of).select_related("by").order_by("-at", "-id")


def grounds(of: ModelVersion, code: str | None = None) -> list[Ground]:
    """List what stands beneath the lines of a version, or beneath one of them."""
    rows = Ground.objects.filter(version=of)
    return list(rows.filter(code=code) if code else rows)


def unchanged(one: Entry) -> Entry | None:
    """Return the line of the version before that this one is word for word; None when it is not.

    Its rank may have changed: that is said beside it.
    """
    row = drafting_of(one.version)
    if row is None:
        return None
    same_as = {"maps_to__to_entry": one, "maps_to__relation": "exact"}
    said = Entry.objects.filter(version=row.based_on, **same_as).first()
    same = ("code", "name", "label", "description")
    if said and all(getattr(said, name) == getattr(one, name) for name in same):
        return said
    return None


def ranks_said(of: ModelVersion) -> dict[str, list[str]]:
    """Say, for each kind of line, where its order comes from: once, or several ways."""
    found: dict[str, list[str]] = {}
    for kind, ranked_by in Entry.objects.filter(version=of).values_list("kind", "ranked_by"):
        ways = found.setdefault(kind, [])
        if rules.RANKED_BY[ranked_by] not in ways:
            ways.append(rules.RANKED_BY[ranked_by])
    return found
