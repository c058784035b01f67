"""Whether the counts of a flow diagram agree with each other, said in plain words.

Each rule follows one arrow, or one box with its parts, of the PRISMA 2020 templates (M. J. Page et
al., "PRISMA 2020 explanation and elaboration", BMJ 372 (2021), n160, item 16a). A rule is silent
where a count it needs was not reported.
"""

from collections.abc import Iterator

from firsthand.methods.flow.counts import Count, Flow, Included, Named, Reports, total


def contradictions(flow: Flow) -> tuple[str, ...]:
    """A sentence for each place where the counts cannot all be true."""
    return (*_parts(flow), *_records(flow), *_reports(flow), *_included(flow), *_updated(flow))


def questions(flow: Flow) -> tuple[str, ...]:
    """A sentence for each place that may be true, and is worth a second look."""
    return (*_more_studies(flow.included), *_not_pursued(flow))


def _parts(flow: Flow) -> Iterator[str]:
    way = flow.databases
    yield from _sum("records from databases", way.databases, way.by_database)
    yield from _sum("records from registers", way.registers, way.by_register)
    for each in flow.ways:
        yield from _sum("reports excluded", each.excluded, each.reasons)


def _sum(what: str, whole: Count, parts: tuple[Named, ...]) -> Iterator[str]:
    known = total(*(each.count for each in parts))
    if whole is None or known is None:
        return
    some = any(each.count is None for each in parts)
    if known > whole or (known < whole and not some):
        yield f"{whole:,} {what} are named, but one by one they make {known:,}."


def _records(flow: Flow) -> Iterator[str]:
    way = flow.databases
    yield from _leaves(
        (way.identified, "records were identified"),
        _either((way.removed, "removed before screening"), (way.waiting, "still to be screened")),
        (way.screened, "were screened"),
    )
    yield from _leaves(
        (way.screened, "records were screened"), (way.excluded, "excluded"), _next(way.reports)
    )


def _next(reports: Reports) -> tuple[Count, str]:
    """What stands after screening; where nobody said what was sought, what was read in full."""
    if reports.sought is not None:
        return reports.sought, "reports were sought"
    if reports.assessed is None:
        return None, ""
    known = total(reports.assessed, reports.not_retrieved, reports.waiting)
    return known, "reports were taken on to full text"


def _reports(flow: Flow) -> Iterator[str]:
    for way in flow.ways:
        yield from _leaves(
            (way.sought, "reports were sought"),
            _either((way.not_retrieved, "not retrieved"), (way.waiting, "still to be assessed")),
            (way.assessed, "were assessed"),
        )
        if _more(way.left_out, way.assessed):
            yield f"{way.left_out:,} reports were excluded, but only {way.assessed:,} assessed."
    other = flow.elsewhere
    if other and _more(other.reports.sought, other.identified):
        yield (
            f"{other.reports.sought:,} reports were sought by other methods, but only "
            f"{other.identified:,} records found."
        )


def _included(flow: Flow) -> Iterator[str]:
    read = total(*(each.assessed for each in flow.ways))
    gone = total(*(each.left_out for each in flow.ways))
    # One way whose reading was not reported would make the sum of both a guess.
    if all(each.assessed is not None for each in flow.ways):
        yield from _leaves(
            (read, "reports were assessed"),
            (gone, "excluded"),
            (flow.included.reports, "reports were included"),
        )


def _updated(flow: Flow) -> Iterator[str]:
    if not flow.total:
        return
    before = flow.previous or Included()
    for what in ("studies", "reports"):
        old, new, both = (getattr(each, what) for each in (before, flow.included, flow.total))
        if None not in (old, new, both) and old + new != both:
            yield (
                f"{old:,} {what} from before and {new:,} new ones make {old + new:,}, but "
                f"{both:,} are said to be included in all."
            )


def _leaves(
    start: tuple[Count, str], gone: tuple[Count, str], left: tuple[Count, str]
) -> Iterator[str]:
    """A box less what went out at its side is the box below it."""
    (all_, were), (out, went), (rest, are) = start, gone, left
    if all_ is None or rest is None or all_ - (out or 0) == rest:
        return
    if out is None and all_ > rest:
        yield f"{all_:,} {were} and {rest:,} {are}: it is not said where {all_ - rest:,} went."
    elif (out or 0) > all_:
        yield f"{all_:,} {were}, but {out:,} {went}."
    else:
        taken = f", less {out:,} {went}, leaves {all_ - (out or 0):,}" if out else ""
        yield f"{all_:,} {were}{taken}; but {rest:,} {are}."


def _either(gone: tuple[Count, str], waiting: tuple[Count, str]) -> tuple[Count, str]:
    """What left a box for good, and what waits there while the review is under way."""
    if waiting[0] is None or gone[0] is None:
        return gone if waiting[0] is None else waiting
    return total(gone[0], waiting[0]), f"{gone[1]} or {waiting[1]}"


def _more_studies(included: Included) -> Iterator[str]:
    if _more(included.studies, included.reports):
        yield (
            f"{included.studies:,} studies are included, but only {included.reports:,} reports: "
            "does one report tell of several studies?"
        )


def _not_pursued(flow: Flow) -> Iterator[str]:
    other = flow.elsewhere
    if other and _more(other.identified, other.reports.sought):
        yield (
            f"{other.identified:,} records were found by other methods and "
            f"{other.reports.sought:,} reports sought: what became of the others?"
        )


def _more(one: Count, than: Count) -> bool:
    """Whether both are known, and the first is more."""
    return one is not None and than is not None and one > than
