"""The entries of the model of harm as a ready codebook: each code says which entry it is."""

from uuid import UUID

from django.db import transaction

from firsthand.access.refused import not_now
from firsthand.codebook import queries, trail
from firsthand.codebook.actions import codes
from firsthand.codebook.models import Code, Coder, Project
from firsthand.harms import queries as harms
from firsthand.harms import rules as harm
from firsthand.harms.models import Entry

# Sources stand at the top with their experiences below; the other two kinds each below one code.
_ABOVE = {harm.IMPACT: "Impacts", harm.MINIMISATION: "Minimisations"}


@transaction.atomic
def bring_in(by: Coder) -> int:
    """Make a code of each entry that has none yet; return how many. Raises Refused."""
    version = harms.current_version()
    if version is None:
        raise not_now("No version of the model of harm is published on this site yet.")
    Project.objects.select_for_update().get(id=by.project_id)
    have = {each.entry_id: each for each in queries.codes(by.project) if each.entry_id}
    made = 0
    for entry in harms.entries(version):
        if entry.id not in have:
            have[entry.id] = codes.add(
                by, f"{entry.code} {entry.label}", parent=_parent(by, entry, have), entry=entry,
                definition=entry.description, examples=entry.examples,
            )  # fmt: skip
            made += 1
    Project.objects.filter(id=by.project_id, version=None).update(version=version)
    if made:
        trail.leave(by, "model brought in", version=version.slug, codes=made)
    return made


def _parent(by: Coder, entry: Entry, have: dict[UUID, Code]) -> Code | None:
    if entry.parent_id is not None:
        return have.get(entry.parent_id)
    name = _ABOVE.get(entry.kind)
    if name is None:
        return None
    there = queries.codes(by.project).filter(parent=None, name=name).first()
    return there or codes.add(by, name)
