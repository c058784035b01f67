"""What the published figures are counted by: the version of the model in use, and its words."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from firsthand.harms import crossing
from firsthand.harms import queries as harms
from firsthand.harms.crossing import Ways
from firsthand.harms.models import ModelVersion
from firsthand.harms.rules import EXPERIENCE, IMPACT, SOURCE
from firsthand.indicators.accounts import Account, Names
from firsthand.people.rules import SERVICE_KINDS
from firsthand.testimony.queries import CountedRow

NOT_SAID = "not-said"


@dataclass(frozen=True)
class Model:
    """The version that accounts are counted by. Labels are by code, in the model's order."""

    id: uuid.UUID
    slug: str
    title: str
    sources: Mapping[str, str]
    impacts: Mapping[str, str]
    source_of: Mapping[str, str]  # of a source or an experience, the source it belongs to

    @property
    def names(self) -> Names:
        return Names(tuple(SERVICE_KINDS), tuple(self.sources), tuple(self.impacts))


def current() -> Model | None:
    """The version in use, as a steward chose it; None on a site where none is loaded."""
    version = harms.version_in_use()
    return _model(version.pk) if version else None


@lru_cache(maxsize=8)
def _model(version_id: uuid.UUID) -> Model:
    """A published version never changes, so it is read only once."""
    version = harms.published_versions().get(pk=version_id)
    entries = list(harms.entries(version))
    told = [entry for entry in entries if entry.kind in (SOURCE, EXPERIENCE)]
    return Model(
        version.pk, version.slug, version.title,
        {entry.code: entry.label for entry in entries if entry.kind == SOURCE},
        {entry.code: entry.label for entry in entries if entry.kind == IMPACT},
        {entry.code: entry.parent.code if entry.parent else entry.code for entry in told},
    )  # fmt: skip


def account(row: CountedRow, model: Model) -> Account:
    """What is counted of a testimony. Codes with no counterpart in the model are left out."""
    same = row.model_version == model.slug
    codes = row.codes if same else _carried(row, model)
    kind = row.service_kind if row.service_kind in SERVICE_KINDS else NOT_SAID
    sources = {model.source_of[code] for code in codes if code in model.source_of}
    sources |= set() if same else _all_the_same(row, model)
    return Account(
        kind, frozenset(sources), frozenset(code for code in codes if code in model.impacts)
    )


def _carried(row: CountedRow, model: Model) -> tuple[str, ...]:
    ways = _ways(row.model_version, model.id)
    return tuple(new for code in row.codes for new in ways.sure.get(code, ()))


def _all_the_same(row: CountedRow, model: Model) -> set[str]:
    """The sources of split codes whose parts are all of one source: it is that, whichever part."""
    among = _ways(row.model_version, model.id).among
    found = ({model.source_of.get(new, "") for new in among.get(code, ())} for code in row.codes)
    return {source for one in found if len(one) == 1 for source in one if source}


@lru_cache(maxsize=32)
def _ways(old_slug: str, new_id: uuid.UUID) -> Ways:
    """Where each code of another version leads in this one."""
    old = harms.version(old_slug)
    if old is None:
        return Ways({}, {})
    new: ModelVersion = harms.published_versions().get(pk=new_id)
    return crossing.ways(old, new)
