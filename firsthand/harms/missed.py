"""What was published since the version that a draft began from, and so is not in the draft.

Two drafts may begin from one version. Whichever is published second says nothing of what the first
changed, unless its editors do the same there: they are told what it was before they publish.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from firsthand.access.refused import not_now
from firsthand.harms import drafts, queries, rules, state
from firsthand.harms.models import Drafting, ModelVersion


@dataclass(frozen=True)
class Missed:
    """A version that a draft leaves out: what it changed, in sentences."""

    version: ModelVersion
    lines: tuple[str, ...]


def missed(of: Drafting) -> list[Missed]:
    """Return the versions published after the one that a draft began from, the oldest first."""
    every = [each for each in queries.published_versions() if each.pk != of.version_id]
    newer = every[: [each.pk for each in every].index(of.based_on_id)]
    return [Missed(each, tuple(_lines(each, of.based_on))) for each in reversed(newer)]


def names(found: Iterable[Missed]) -> list[str]:
    return [each.version.slug for each in found]


def check(of: Drafting, left_out: Iterable[str]) -> list[str]:
    """Return the names of what is left out. Raises Refused until all of them were said."""
    found = missed(of)
    new = [each for each in found if each.version.slug not in set(left_out)]
    if new:
        raise not_now(" ".join([
            f"This draft began from {of.based_on.slug}. Published since, and not in it: "
            f"{', '.join(names(new))}.",
            *[line for each in new for line in each.lines],
            "Do the same in the draft, or say that you have looked at it and leave it out.",
        ]))  # fmt: skip
    return names(found)


def _lines(version: ModelVersion, base: ModelVersion) -> Iterable[str]:
    """Say what a version changed: as its editors did, or else by its lines beside the base's."""
    made = queries.drafting_of(version)
    if made is None:
        yield from _beside(version, base)
        return
    for told in drafts.told_changes(made, queries.changes(version)):
        into = f", now {told.results}" if told.results and told.sources else ""
        what = told.sources or told.results
        yield f"{what}{into}: {rules.CHANGES[told.change.kind]}. {told.change.reason}"


def _beside(version: ModelVersion, base: ModelVersion) -> Iterable[str]:
    old, new = state.read(base).lines, state.read(version).lines
    for code in sorted({*old, *new}):
        if code not in old:
            yield f"\u201c{new[code]['label']}\u201d ({code}): {rules.CHANGES[rules.ADDED]}."
        elif code not in new:
            yield f"\u201c{old[code]['label']}\u201d ({code}): {rules.CHANGES[rules.REMOVED]}."
        elif any(old[code][name] != new[code][name] for name in state.TEXTS):
            yield f"\u201c{new[code]['label']}\u201d ({code}): {rules.CHANGES[rules.REWORDED]}."
