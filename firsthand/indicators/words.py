"""What is said about the figures wherever they go: on the page, in downloads, in charts. Pure."""

from collections.abc import Sequence
from datetime import date

from firsthand.indicators.sections import Section
from firsthand.methods.disclosure.suppress import SYMBOL


def said_day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def symbol_note(threshold: int) -> str:
    """What the symbol stands for."""
    return (
        f"{SYMBOL} means that we keep a number back. It is below {threshold}, or it would help "
        "someone work out a number that is. This way nobody can be picked out."
    )


def method_note(made_on: date, threshold: int) -> Sequence[str]:
    """How the figures came about, in a few sentences that go with every copy of them."""
    kept_back = [symbol_note(threshold), "A nought is kept back like any small number."]
    return (
        "Counts of what people told on this site. Only people who chose to be counted are in them.",
        "They are not a survey: they cannot say how common something is.",
        *(kept_back if threshold else ["No number is kept back."]),
        f"Made on {said_day(made_on)}.",
    )


def chart_words(section: Section) -> tuple[str, str]:
    """The title of a section's chart, and its description for those who cannot see it."""
    title = f"{section.title}: {section.charted_words}".removesuffix(": ")
    return title, (
        f"A bar chart with a bar for each row of the table beside it. {SYMBOL} stands where a "
        "number is kept back. The table has every number that is in the chart."
    )
