"""What is coded: what the review of 2023 found, a text for each theme; and any other text."""

from dataclasses import dataclass

from firsthand.codebook import rules
from firsthand.codebook.example_themes import ExampleTheme, themes_2023


@dataclass(frozen=True)
class Text:
    """One text. `kind`: as the codebook has them. `study`: where it comes from, in a few words."""

    title: str
    text: str
    kind: str = rules.DOCUMENT
    study: str = ""


def findings_2023() -> list[Text]:
    """Return the findings of 2023, a line each, as one text for each theme."""
    return [
        Text(f"Findings of 2023: {theme.name}", _lines(theme), rules.REPORT, "Review of 2023")
        for theme in themes_2023().themes
    ]


def _lines(theme: ExampleTheme) -> str:
    return "\n".join(f"{each.text} ({'; '.join(each.papers)})." for each in theme.findings)
