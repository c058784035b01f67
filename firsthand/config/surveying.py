"""What `firsthand survey` does, in the name of someone who runs the survey."""

import argparse
import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from firsthand.config.reviewing.acting import site
from firsthand.config.talk import Stop, say

if TYPE_CHECKING:
    from firsthand.consultation.models import Surveyor


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take the survey and who acts."""
    parser.add_argument(
        "--survey",
        required=True,
        metavar="SURVEY",
        help="its title, the letters of its link, or the first letters of its number",
    )
    parser.add_argument(
        "--as", dest="who", required=True, metavar="NAME", help="someone who runs the survey"
    )


def surveyor(survey: str, who: str) -> "Surveyor":
    """Return someone's place in a survey by the names said. Raises Stop."""
    from firsthand.consultation.models import Surveyor

    rows = Surveyor.objects.filter(left_on=None, user__is_active=True, user__name=who)
    named = list(rows.select_related("survey__keyring", "user"))
    exact = [row for row in named if survey in (row.survey.title, row.survey.link)]
    meant = exact or [row for row in named if str(row.survey_id).startswith(survey.lower())]
    if not meant:
        raise Stop(f"{who} runs no survey called {survey} here.")
    if len(meant) > 1:
        said = ", ".join(f"{row.survey} ({row.survey.link})" for row in meant)
        raise Stop(f"Several are called so. Say the letters of its link: {said}")
    return meant[0]


def bring_in(args: argparse.Namespace) -> None:
    """Bring a file of ballots in. Raises Stop, saying what is wrong where."""
    with site():
        from firsthand.consultation import survey_ballots
        from firsthand.consultation import survey_rules as rules
        from firsthand.consultation.actions import answering

        by = surveyor(args.survey, args.who)
        asked = by.survey.questions.filter(kind=rules.ORDER)
        question = (asked.filter(position=args.question) if args.question else asked).first()
        if question is None:
            raise Stop("There is no such question that people put in order.")
        try:
            content = args.file.read_bytes()
        except OSError as wrong:
            raise Stop(f"{args.file} cannot be read: {wrong.strerror}.") from wrong
        ballots = survey_ballots.read(question, content)
        many = answering.bring_in(by, ballots, simulated=args.simulated)
        say(answering.brought(many))


def results(args: argparse.Namespace) -> None:
    """Print each question's outcome."""
    with site():
        from firsthand.consultation import survey_giving, survey_queries, survey_results

        by = surveyor(args.survey, args.who)
        found = survey_results.results(by.survey)
        answers = survey_queries.sent(by.survey)
        if args.json:
            said = {
                "survey": by.survey.title, "version": by.survey.version, "answers": answers.count(),
                "simulated": answers.filter(simulated=True).count(),
                "questions": [{"text": row.text, **asdict(one)} for row, one in found if one],
            }  # fmt: skip
            return say(json.dumps(said, ensure_ascii=False))
        say(f"{by.survey}: {answers.count():,} answers")
        for row, one in found:
            if one:
                say(f"\n{row.text}\n{survey_giving.as_csv(one)}".rstrip())
    return None
