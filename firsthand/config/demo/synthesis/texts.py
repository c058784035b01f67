"""What is coded: what the review of 2023 found, a text for each theme; and any other text."""

from dataclasses import dataclass

from firsthand.codebook import rules
from firsthand.codebook.example_themes import Example, themes_2023


@dataclass(frozen=True)
class Text:
    """One text. `kind`: as the codebook has them. `study`: where it comes from, in a few words."""

    title: str
    text: str
    kind: str = rules.DOCUMENT
    study: str = ""


def findings_2023() -> list[Text]:
    """Return the findings of 2023, a line each, as one text for each theme."""
    told = themes_2023()
    return [
        Text(
            f"Findings of 2023: {theme.name}", _lines(told, number), rules.REPORT, "Review of 2023"
        )
        for number, theme in enumerate(told.themes)
    ]


def _lines(told: Example, theme: int) -> str:
    found = told.themes[theme].findings
    return "\n".join(f"{each.text} ({'; '.join(each.papers)})." for each in found)
