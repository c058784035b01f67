"""How far each coder is with each source, and what is next; never how much another has coded."""

from collections.abc import Sequence
from dataclasses import dataclass

from firsthand.codebook import queries, rules
from firsthand.codebook.models import Coder, Source, Working


@dataclass(frozen=True)
class SourceLine:
    """A source, and how each coder's work on it stands, in the order of the coders."""

    source: Source
    stands: tuple[str, ...]
    mine: str


@dataclass(frozen=True)
class Next:
    """What a coder does next: add a source, write codes, code a source; or nothing is left."""

    what: str
    source: Source | None = None


def progress(coder: Coder) -> list[SourceLine]:
    """Return every source with how far each coder is with it."""
    people = list(queries.coders(coder.project))
    rows = Working.objects.filter(source__project=coder.project_id, source__removed_on=None)
    known = {(each.source_id, each.coder_id): each.stands for each in rows}
    return [
        SourceLine(
            source,
            tuple(known.get((source.id, each.id), rules.UNBEGUN) for each in people),
            known.get((source.id, coder.id), rules.UNBEGUN),
        )
        for source in queries.sources(coder.project)
    ]


def next_for(coder: Coder, lines: Sequence[SourceLine], codes: int) -> Next:
    """Return what to do next: what is begun or asked comes before what nobody codes yet."""
    if not lines:
        return Next("sources")
    if not codes:
        return Next("codes")
    begun = next((each for each in lines if each.mine == rules.BEGUN), None)
    nobody = next((each for each in lines if set(each.stands) <= {rules.UNBEGUN}), None)
    line = begun or nobody
    return Next("code", line.source) if line else Next("done")
