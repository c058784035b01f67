"""The PRISMA-ScR checklist of a review: what the review itself holds to each item, and what its
people wrote. Which counts are told, tells of all decisions: `reveal_all` first.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from firsthand.evidence import charts, queries, rules
from firsthand.evidence import flow as counting
from firsthand.evidence.checklist_items import ESSENTIAL, ITEMS, Item
from firsthand.evidence.models import Reported, Review
from firsthand.methods.charting import values
from firsthand.methods.spreadsheets import as_csv as table_csv

COLUMNS = ("item", "section", "topic", "optional", "held_here", "where", "note", "does_not_apply")


@dataclass(frozen=True)
class Held:
    """Something that the review holds to an item: in words, and the page that shows it."""

    words: str
    page: str


@dataclass(frozen=True)
class Line:
    """An item with what is held here and what someone wrote."""

    item: Item
    held: tuple[Held, ...]
    said: Reported | None

    @property
    def applies(self) -> bool:
        return self.said is None or self.said.applies

    @property
    def met(self) -> bool:
        """Whether it is known where it is met, or why it does not apply."""
        return not self.applies or bool(self.held) or bool(self.said and self.said.where)


@dataclass(frozen=True)
class Checklist:
    lines: tuple[Line, ...]

    @property
    def met(self) -> int:
        """Return how many of the essential items are met."""
        return sum(each.met for each in self.lines if not each.item.optional)

    @property
    def essential(self) -> int:
        return ESSENTIAL


def checklist(review: Review) -> Checklist:
    """Return all items with what is known of each."""
    said = {each.item: each for each in Reported.objects.filter(review=review)}
    lines = (Line(item, tuple(_held(review, item)), said.get(item.number)) for item in ITEMS)
    return Checklist(tuple(lines))


def line(review: Review, item: Item) -> Line:
    said = Reported.objects.filter(review=review, item=item.number).first()
    return Line(item, tuple(_held(review, item)), said)


def rows(found: Checklist) -> Iterator[tuple[str, ...]]:
    """Yield a row for each item, as the files have it."""
    for each in found.lines:
        said = each.said
        yield (
            str(each.item.number), each.item.section, each.item.topic,
            "yes" if each.item.optional else "no", " ".join(held.words for held in each.held),
            said.where if said else "", said.note if said else "",
            said.why if said and not said.applies else "",
        )  # fmt: skip


def as_csv(found: Checklist) -> str:
    """Write it as CSV (RFC 4180); a byte order mark says that it is UTF-8."""
    return table_csv([COLUMNS, *rows(found)])


# -- what is held here ----------------------------------------------------------------------------


def _held(review: Review, item: Item) -> Iterator[Held]:
    for words, page in _HOLDS[item.number](review) if item.number in _HOLDS else ():
        yield Held(words, page)


Found = Iterator[tuple[str, str]]


def _title(review: Review) -> Found:
    if "review" in review.title.lower():
        yield f"The title: {review.title}.", "review"


def _aims(review: Review) -> Found:
    if review.aims:
        yield "The protocol says its aims.", "review"


def _question(review: Review) -> Found:
    parts = [n for n in ("population", "concept", "context") if getattr(review, n)]
    also = f", with {', '.join(parts)}" if parts else ""
    yield f"The protocol has the question{also}.", "review"


def _protocol(review: Review) -> Found:
    changes = review.trail.filter(did="protocol changed").count()
    yield f"The protocol is kept here; its history has {_many(changes, 'change')}.", "history"


def _criteria(review: Review) -> Found:
    many = len(queries.criteria(review))
    if many:
        said = f"{_many(many, 'criterion', 'criteria')}, version {review.criteria_version}"
        yield f"{said}, with a reason for each change.", "criteria"


def _sources(review: Review) -> Found:
    runs = list(review.searches.order_by("ran_on"))
    if runs:
        names = ", ".join(dict.fromkeys(map(str, runs)))
        yield f"{names}; last searched on {runs[-1].ran_on:%d %B %Y}.", "searches"


def _search(review: Review) -> Found:
    many = review.searches.exclude(string="").count()
    if many:
        yield f"{_many(many, 'whole search', 'whole searches')} as run.", "searches"


def _selection(review: Review) -> Found:
    if review.screenings.exists():
        rounds = review.rounds.count()
        who = _many(review.each, "reviewer")
        also = f", after {_many(rounds, 'calibration round')}" if rounds else ""
        yield f"{who} decided each record, blind{also}; conflicts were settled.", "rounds"


def _flow(review: Review) -> Found:
    found = counting.flow(review)
    if found.abstract.decided:
        screened = found.abstract[rules.INCLUDED] + found.abstract[rules.EXCLUDED]
        full = found.full_text
        read = full[rules.INCLUDED] + full[rules.EXCLUDED]
        counts = f"{screened:,} screened, {read:,} read in full, {full[rules.INCLUDED]:,} included"
        yield f"{counts}; the diagram counts itself.", "flow"


def _form(review: Review) -> Found:
    form = charts.published(review)
    if form:
        made = len(charts.versions(review))
        yield (
            f"The charting form, version {form.version}; every version is kept ({made:,}).",
            "chart_form",
        )


def _items(review: Review) -> Found:
    form = charts.published(review)
    asked = values.asked(charts.fields(form)) if form else ()
    if asked:
        yield (
            f"{_many(len(asked), 'field')}: {', '.join(each.label for each in asked)}.",
            "chart_form",
        )


def _charted(review: Review) -> Iterator[str]:
    lines = charts.charted(review) if charts.published(review) else []
    done = sum(each.opened is not None for each in lines)
    if done:
        yield f"{done:,} of {_many(len(lines), 'study', 'studies')} charted"


def _studies(review: Review) -> Found:
    for said in _charted(review):
        yield f"{said}; the table has the characteristics of each.", "characteristics"


def _results(review: Review) -> Found:
    for said in _charted(review):
        yield f"{said}; the table has what each says to every field.", "chart_table"


def _many(number: int, one: str, more: str = "") -> str:
    return f"{number:,} {one if number == 1 else more or one + 's'}"


_HOLDS: dict[int, Callable[[Review], Found]] = {
    1: _title, 3: _aims, 4: _question, 5: _protocol, 6: _criteria, 7: _sources, 8: _search,
    9: _selection, 10: _form, 11: _items, 14: _flow, 15: _studies, 17: _results,
}  # fmt: skip
