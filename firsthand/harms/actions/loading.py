"""Loading versions of the model of harm from their data files, and publishing them."""

import datetime as dt
from pathlib import Path
from typing import Any

import yaml
from django.db import IntegrityError, transaction
from django.utils import timezone

from firsthand.harms import modelfile, queries, rules
from firsthand.harms.modelfile import BadModel, EntryRecord, MapRecord, ModelRecord
from firsthand.harms.models import CrossLink, Drafting, Entry, ModelVersion, VersionMap

OURS = Path(__file__).parents[1] / "data"  # the versions that Firsthand ships with


class Changed(BadModel):
    """The file of a published version no longer says what was published."""

    def __init__(self, slug: str) -> None:
        super().__init__(
            f"The file for version {slug} is not what was published. A published version never "
            f"changes. Put the file back as it was, or give it a new slug and a map from {slug}."
        )


def load_published_models(by: str = "starting up") -> list[ModelVersion]:
    """Load every version Firsthand ships with, the oldest first. Does nothing the second time."""
    found = [_shipped(path, by) for path in sorted(OURS.glob("model-*.yaml"))]
    return [one for one in found if one]


def _shipped(path: Path, by: str) -> ModelVersion | None:
    """Load a file that ships with Firsthand, unless this site wrote a version of that name."""
    try:
        return load_model(path, by=by)
    except (Changed, IntegrityError):
        slug = path.stem.removeprefix("model-")
        if Drafting.objects.filter(version__slug=slug).exists():
            return None  # theirs stays; that of the file would have needed another name
        raise


def load_model(path: Path, *, by: str) -> ModelVersion:
    """Load and publish the version in a data file, whole or not at all; return it.

    A version that is here already is left as it is. Raises BadModel for a file that does not
    hold together, and Changed (a BadModel) for one that differs from what was published.
    """
    record = modelfile.read(_yaml(path))
    digest = rules.digest(_ordered(record))
    stored = _stored(record.slug) or _publish_once(record, digest, by)
    if stored.digest != digest:
        raise Changed(record.slug)
    return stored


def _stored(slug: str) -> ModelVersion | None:
    return queries.published_versions().filter(slug=slug).first()


def _publish_once(record: ModelRecord, digest: str, by: str) -> ModelVersion:
    try:
        with transaction.atomic():
            return _publish(record, digest, by)
    except IntegrityError:
        # Another process, starting at the same moment, was first: then theirs stands.
        stored = _stored(record.slug)
        if stored is None:
            raise
        return stored


def _yaml(path: Path) -> Any:
    try:
        with path.open("rb") as file:
            return yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise BadModel(f"{path.name} is not a YAML file: {error}") from error


def _ordered(record: ModelRecord) -> dict[str, Any]:
    # JSON makes tuples and lists the same; only the map's order has to be settled.
    told = record.facts()
    told["map"] = sorted(told["map"], key=lambda line: (line["to_entry"], line["from_entry"]))
    return told


def _publish(record: ModelRecord, digest: str, by: str) -> ModelVersion:
    version = _draft(record, by)
    rows = {one.code: _row(version, one) for one in record.entries}
    for one in record.entries:
        rows[one.code].parent = rows.get(one.parent or "")
    tops = [row for row in rows.values() if row.parent is None]
    Entry.objects.bulk_create(tops)
    Entry.objects.bulk_create([row for row in rows.values() if row.parent is not None])
    CrossLink.objects.bulk_create(
        [k for one in record.entries for k in _links(rows[one.code], one)]
    )
    VersionMap.objects.bulk_create([_mapped(line, rows[line.to_entry]) for line in record.map])
    version.published_on = dt.date.fromisoformat(record.published_on)
    version.digest = digest
    version.save()
    return version


def _draft(record: ModelRecord, by: str) -> ModelVersion:
    same = ("slug", "title", "citation", "made_by", "published_to_the", "says_who", "schemes")
    told = {name: getattr(record, name) for name in same}
    today = timezone.localdate()
    return ModelVersion.objects.create(
        **told, stages=list(record.stages), loaded_by=by[:80], loaded_on=today
    )


def _row(version: ModelVersion, one: EntryRecord) -> Entry:
    same = ("code", "kind", "rank", "ranked_by", "position", "name", "label", "description",
            "content_note")  # fmt: skip
    told = {name: getattr(one, name) for name in same}
    return Entry(version=version, **told, examples=list(one.examples), stages=list(one.stages))


def _links(row: Entry, one: EntryRecord) -> list[CrossLink]:
    return [
        CrossLink(
            entry=row, position=position, scheme=link.scheme, target=link.target,
            target_name=link.target_name, says_who=link.says_who,
        )
        for position, link in enumerate(one.links, start=1)
    ]  # fmt: skip


def _mapped(line: MapRecord, to: Entry) -> VersionMap:
    slug, _, code = line.from_entry.partition("/")
    old = queries.version(slug)
    before = queries.entry(old, code) if old else None
    if before is None:
        raise BadModel(f"The map starts at {line.from_entry}, which is not a published entry here.")
    return VersionMap(from_entry=before, to_entry=to, relation=line.relation, note=line.note)
