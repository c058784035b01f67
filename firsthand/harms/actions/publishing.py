"""Signing a draft off, and publishing it: from then on it never changes."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone

from firsthand.access.refused import not_now
from firsthand.harms import checks, drafts, missed, policies, queries, rules
from firsthand.harms.actions.trail import leave, note
from firsthand.harms.models import (
    Drafting,
    Editor,
    Entry,
    ModelVersion,
    SignOff,
    Switch,
    VersionMap,
)
from firsthand.methods.mapping import Map
from firsthand.people.models import User


@transaction.atomic
def sign_off(
    by: Editor, who: str, capacity: str, said: str, signed_on: dt.date,
    remarks: str = "", seen: str = "",
) -> SignOff:  # fmt: skip
    """Record that a group or a role looked at the draft, as it is now.

    `seen` is the digest they were shown: when the draft is another by now, nothing is recorded.
    Raises Refused.
    """
    row = policies.check_open(by.version)
    now = drafts.digest(row)
    policies.check_seen(seen, now)
    if said not in rules.SIGNED or not who.strip() or not capacity.strip():
        raise not_now("Say who looked at it, in which capacity, and what they said.")
    if signed_on > timezone.localdate():
        raise not_now("The day they looked at it cannot be still to come.")
    signed = SignOff.objects.create(
        version=by.version, who=who.strip(), capacity=capacity.strip(), said=said,
        remarks=remarks.strip(), signed_on=signed_on, digest=now, by=by.user,
    )  # fmt: skip
    leave(by, "signed off", who=who, said=said)
    return signed


@transaction.atomic
def publish(by: Editor, seen: str = "", left_out: Sequence[str] = ()) -> ModelVersion:
    """Publish a draft: write its map down and let it stand still from now on.

    `seen` is the digest of what was previewed. `left_out` are the names of the versions published
    since it began whose changes its editors looked at and leave out. Raises Refused, saying all
    that is missing.
    """
    row = policies.check_open(by.version)
    policies.check_seen(seen, drafts.digest(row))
    glance = drafts.glance(row)
    missing = [one for one in checks.checks(glance) if not one.holds]
    if missing:
        raise not_now("It cannot be published yet. " + " ".join(one.why for one in missing))
    out = missed.check(row, left_out)
    _write_map(row, glance.map)
    return _stand_still(by, row, out)


def _write_map(row: Drafting, mapped: Map) -> None:
    old = {one.code: one for one in Entry.objects.filter(version=row.based_on)}
    new = {one.code: one for one in Entry.objects.filter(version=row.version)}
    VersionMap.objects.bulk_create(
        VersionMap(from_entry=old[line.old], to_entry=new[line.new], relation=line.relation)
        for line in mapped.lines
    )


def _stand_still(by: Editor, row: Drafting, left_out: list[str]) -> ModelVersion:
    version, today = row.version, timezone.localdate()
    leave(by, "published", slug=version.slug, **({"left_out": left_out} if left_out else {}))
    row.published_by, row.published_at = by.user, timezone.now()
    row.save()
    version.published_on = today
    version.citation = cited(row.authors, version, today.year)
    version.digest = rules.digest(queries.facts(version))
    version.save()
    return version


def cited(authors: Sequence[Mapping[str, str]], version: ModelVersion, year: int) -> str:
    """Say how a version is cited, as the model of 2022 is: Carr S and Sweeney A (2022). Title."""
    named = [f"{one['family']} {_initials(one.get('given', ''))}".strip() for one in authors]
    said = ", ".join(named[:-1]) + " and " + named[-1] if len(named) > 1 else "".join(named)
    return f"{said} ({year}). {version.title}, version {version.slug}."


def _initials(given: str) -> str:
    return "".join(name[0].upper() for name in given.replace("-", " ").split())


@transaction.atomic
def use(by: User, slug: str) -> Switch:
    """Let accounts be linked with, and figures counted by, a published version from now on.

    Accounts that were linked with another version stay so; they are counted along the maps.
    """
    version = queries.version(slug)
    if version is None:
        raise not_now("There is no published version of this name.")
    in_use = queries.version_in_use()
    if in_use and in_use.pk == version.pk:
        raise not_now(f"Version {slug} is in use already.")
    note(version, by, "in use", slug=slug)
    return Switch.objects.create(version=version, by=by)
