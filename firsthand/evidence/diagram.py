"""A review's own counts as the boxes of PRISMA 2020 (Page and others, BMJ 2021;372:n71, figure 1).

What nobody has counted stays "not reported": duplicates before anyone looked, reports not retrieved
before anyone wrote down how getting them went. Records from other ways are screened with the others
here, so they join them. A report left out for several criteria is drawn once, so that the reasons
add up. Where screening stopped before all was read, what nobody had decided was removed before
screening: by automation tools where the order was learned (PRISMA 2020, item 8 and the diagram's
second footnote: never counted as excluded by a person), otherwise for other reasons.
"""

from collections import Counter
from collections.abc import Iterator

from firsthand.evidence import flow as counting
from firsthand.evidence import queries, rules
from firsthand.evidence.models import Review
from firsthand.evidence.screening import Progress
from firsthand.methods.flow.counts import (
    Count,
    Flow,
    FromDatabases,
    Included,
    Named,
    Reports,
    total,
)
from firsthand.methods.spreadsheets import bare

SEVERAL, NONE_NAMED = "Several criteria at once", "No criterion named"
_LONGEST = 120  # characters of a criterion in a box; the page has all of it
_BARE = str.maketrans(",;", "  ")


def diagram(review: Review, counted: counting.Flow) -> Flow:
    """Return the diagram. A stage at which nothing is settled yet has no counts, not noughts."""
    titles, full = counted.abstract, counted.full_text
    out = full[rules.EXCLUDED]
    reports = Reports(
        sought=full.all or None,
        not_retrieved=counted.not_got if full.all else None,
        assessed=_settled(full),
        excluded=_settled(full) and out,
        reasons=tuple(_reasons(review, counted)),
        waiting=_open(full),
    )
    way = FromDatabases(
        databases=counted.identified(rules.DATABASE),
        registers=counted.identified(rules.REGISTER),
        by_database=_sources(counted, rules.DATABASE),
        by_register=_sources(counted, rules.REGISTER),
        joined=_sources(counted, rules.OTHER),
        duplicates=counted.duplicates,
        automation=_unscreened(counted, learned=True),
        other_reasons=_unscreened(counted, learned=False),
        screened=_settled(titles),
        excluded=_settled(titles) and titles[rules.EXCLUDED],
        reports=reports,
        waiting=_open(titles, counted.unscreened),
    )
    reported = _settled(full) and full[rules.INCLUDED]
    new = Included(studies=counted.studies if reported is not None else None, reports=reported)
    if counted.before is None:
        return Flow(way, new)
    old = Included(studies=counted.studies_before, reports=counted.before)
    whole = Included(total(old.studies, new.studies), total(old.reports, new.reports))
    return Flow(way, new, previous=old, total=whole)


def differing(counted: counting.Flow) -> tuple[str, ...]:
    """A sentence for each search that said it found another number than is here."""
    return tuple(
        f"Search {each.run.number} said it found {each.run.hits:,}, and {each.records:,} of its "
        "records are here."
        for each in counted.sources
        if None not in (each.run.hits, each.records) and each.run.hits != each.records
    )


def _settled(stage: Progress) -> Count:
    return stage[rules.INCLUDED] + stage[rules.EXCLUDED] or None


def _open(stage: Progress, left: int = 0) -> Count:
    """Return what is still to be decided, or settled; what is left unread for good is not."""
    return sum(stage[state] for state in (*rules.OPEN, rules.CONFLICT)) - left or None


def _unscreened(counted: counting.Flow, *, learned: bool) -> Count:
    stop = counted.stop
    if stop is None or (stop.how == rules.LEARNED) is not learned:
        return None
    return counted.unscreened


def _sources(counted: counting.Flow, kind: str) -> tuple[Named, ...]:
    return tuple(_source(each) for each in counted.of(kind))


def _source(each: counting.Source) -> Named:
    run = each.run
    name = f"{run.database} ({run.platform})" if run.platform else run.database
    return _counted(name, each.records)


def _reasons(review: Review, counted: counting.Flow) -> Iterator[Named]:
    """Each report once: under its criterion, or as one left out for several, or for none."""
    once = Counter(next(iter(each)) for each in counted.named if len(each) == 1)
    for line in queries.criteria_and_retired(review):
        if line.number in once:
            unmet = "Not met: " if line.row.kind == rules.INCLUDE else ""
            yield _counted(f"{line.number}. {unmet}{line.text}", once[line.number])
    several = sum(len(each) > 1 for each in counted.named)
    if several:
        yield Named(SEVERAL, several)
    silent = counted.full_text[rules.EXCLUDED] - once.total() - several
    if silent:
        yield Named(NONE_NAMED, silent)


def _counted(name: str, count: Count) -> Named:
    """Name a count so that the template's file can hold it: semicolons part its lists.

    Without a count a comma would be taken for the one before it.
    """
    plain = name.replace(";", ",") if count is not None else name.translate(_BARE)
    text = bare(" ".join(plain.split())) or "Without a name"
    return Named(text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()}\u2026", count)
