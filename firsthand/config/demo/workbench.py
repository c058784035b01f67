"""The rest of the made-up review: labels, marked words, a paper, talk, a built search, charts."""

import html
from typing import Any

from firsthand.config.demo import town
from firsthand.evidence import charts, rules, studying
from firsthand.evidence.actions import (
    chart_forms,
    charting,
    full_texts,
    highlights,
    labels,
    strategies,
    studies,
    talking,
)
from firsthand.evidence.models import ChartForm, Member, Record, Screening, Study
from firsthand.methods.charting.values import (
    GIVEN,
    GROUP,
    NOT_REPORTED,
    WITH_CHOICES,
    Answer,
    Entry,
    Field,
    Passage,
)

Members = dict[str, Member]
DOUBLE = 25  # of a hundred studies are charted by two
_SEED = 11  # draws the first study, of which both have a chart in review.yaml


def fill(members: Members, told: dict[str, Any]) -> None:
    """Put something on every page of the workbench, by the site's own actions."""
    owner = members["researcher"]
    strategies.save(owner, told["search"])
    _label(owner, told)
    for row in told["blocks"]:
        highlights.add(owner, row)
    for row in told["talk"]:
        text = town.made_up(row["text"])
        differed = _at(owner, row["record"], rules.ABSTRACT)
        talking.write(members[row["by"]], differed, text)
        talking.put_on_list(owner, differed)
    _paper(owner, told["paper"])
    _charts(members, told)


def _at(owner: Member, number: int, stage: str) -> Screening:
    return Screening.objects.get(review=owner.review, number=number, stage=stage)


def _label(owner: Member, told: dict[str, Any]) -> None:
    made = {row["name"]: labels.make(owner, row) for row in told["labels"]}
    for number, name in told["labelled"].items():
        labels.put(owner, _at(owner, number, rules.ABSTRACT), [made[name]])


def _paper(owner: Member, row: dict[str, Any]) -> None:
    """Attach a made-up paper as a real PDF, and have its text read."""
    from weasyprint import HTML  # slow to load

    pages = "".join(
        f'<p style="break-after: page">{html.escape(town.made_up(text))}</p>'
        for text in row["pages"]
    )
    pdf: bytes = HTML(
        string=f"<h1>{html.escape(town.made_up(row['title']))}</h1>{pages}"
    ).write_pdf()
    record = Record.objects.get(review=owner.review, number=row["record"])
    for file in full_texts.attach(owner, record, [("made-up-paper.pdf", pdf)]).new:
        full_texts.read_text.func(str(file.id))


def _charts(members: Members, told: dict[str, Any]) -> None:
    """Publish a form; have one study charted twice, with a difference, and one once."""
    owner = members["researcher"]
    for row in told["form"]:
        _add(owner, row)
    form = chart_forms.publish(owner)
    studies.follow(owner.review)
    found = {each.row.number: each.row for each in studying.living(owner.review)}
    charting.draw(owner, DOUBLE, _SEED)
    for row in told["charts"]:
        study = Study.objects.get(id=found[row["study"]].id)
        said = _answers(form, row)
        charting.save(members[row["by"]], study, form, said, 0, finish=True)


def _add(owner: Member, row: dict[str, Any], into: str = "") -> None:
    field = Field(
        "", row["kind"], row["label"], row.get("help", ""), row.get("unit", ""),
        row.get("required", False),
    )  # fmt: skip
    made = chart_forms.add(owner, field, row.get("choices", ()), into=into)
    for part in row.get("parts", ()):
        _add(owner, part, made.key)


def _answers(form: ChartForm, row: dict[str, Any]) -> dict[str, Answer]:
    passages = row.get("passages", {})
    return {
        field.key: _answer(field, row["answers"][field.label], passages.get(field.label))
        for field in charts.fields(form)
    }


def _answer(field: Field, said: Any, passage: list[Any] | None = None) -> Answer:
    if said is None:
        return Answer(NOT_REPORTED)
    quoted = (Passage(*passage),) if passage else ()
    return Answer(GIVEN, _value(field, said), quoted)


def _value(field: Field, said: Any) -> Any:
    """Return what was said as it is kept: choices by their keys, a group as rows of answers."""
    keys = {each.label: each.key for each in field.choices}
    if field.kind == GROUP:
        rows = ({p.key: _answer(p, row.get(p.label)) for p in field.parts} for row in said)
        return tuple(map(Entry, rows))
    if field.kind in WITH_CHOICES:
        return tuple(keys[each] for each in said) if isinstance(said, list) else keys[said]
    return said
