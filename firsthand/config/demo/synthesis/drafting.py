"""The next version: begun from the newest, changed, founded, looked at, published."""

from collections.abc import Sequence

from django.utils import timezone

from firsthand.codebook import to_the_model as from_coding
from firsthand.codebook.models import Coder
from firsthand.config.demo.town import made_up
from firsthand.consultation import survey_results
from firsthand.consultation import to_the_model as from_people
from firsthand.consultation.models import Facilitator, Question, Surveyor
from firsthand.harms import rules
from firsthand.harms.actions import drafting, grounds, publishing
from firsthand.harms.models import Editor, Entry, ModelVersion
from firsthand.people.models import User

WORDS = {
    "name": "Fear of complaining, challenging or negotiating",
    "label": "Being too afraid to complain",
    "description": "You were afraid of what would happen if you complained or said no. So you "
    "kept quiet, and nothing changed.",
    "examples": ["I did not dare to complain.", "I said yes because I was afraid to lose help."],
}


def begun(first: User, others: Sequence[User], slug: str) -> Editor:
    """Begin the draft, with the others as editors too, and change some of its lines."""
    by = drafting.begin(first, slug)
    for each in others:
        if each.role == first.role:
            drafting.add_editor(by, each)
    line = Entry.objects.get(version=by.version, code="S1")
    said = {name: getattr(line, name) for name in ("name", "description", "examples")}
    drafting.reword(
        by,
        "S1",
        {**said, "label": "Rules, forms and waiting"},
        made_up("an adviser and two coders asked for waiting to be named"),
        "close",
    )
    drafting.add(
        by,
        rules.EXPERIENCE,
        "S7",
        WORDS,
        made_up("a finding of 2023 that no line said, and an adviser missed it"),
    )
    return by


def founded(by: Editor, project: Coder, survey: tuple[Surveyor, Question]) -> None:
    """Put beneath the lines what stands there, and the sources in the order of the survey."""
    from_coding.hand_down(project, by.version)
    surveyor, question = survey
    from_people.survey_down(surveyor, question, by.version)
    from_people.accounts_down(by)
    added = Entry.objects.get(version=by.version, name=WORDS["name"])
    papers = ("O'Brien and Rose 2010", "Hamilton 2016", "Krotofil 2018")
    for each in papers:
        grounds.put(by.version, added.code, rules.PAPER, each, 1, by=by.user)
    _rank(by, survey)


def _rank(by: Editor, survey: tuple[Surveyor, Question]) -> None:
    """Put the sources in the order of the survey; those of one rank share a place."""
    (result,) = [found for _, found in survey_results.results(survey[0].survey) if found]
    codes = {each["label"]: each["entry"] for each in survey[1].items}
    ranked: dict[int, list[str]] = {}
    for row in result.rows:
        ranked.setdefault(row["rank"], []).append(codes[row["label"]])
    order = [ranked[rank] for rank in sorted(ranked)]
    drafting.rank(by, rules.SOURCE, order, made_up("by a survey whose answers are simulated"))


def published(by: Editor, group: Facilitator) -> ModelVersion:
    """Let the group sign it off, and publish it."""
    drafting.describe(by, {
        "title": made_up("the avoidable harm model, next version"),
        "made_by": made_up("an example of how a version is made"),
        "authors": [{"given": "Made-up", "family": "Town"}],
        "note": made_up("waiting is named in the first line, fear of complaining is a line, and "
                        "the sources stand in the order of a survey with simulated answers."),
    })  # fmt: skip
    publishing.sign_off(
        by, group.group.title, made_up("asked about all of it"), "agreed", timezone.localdate()
    )
    return publishing.publish(by)
