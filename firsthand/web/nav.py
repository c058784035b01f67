"""What stands in the header and the footer. A page this site does not have is left out."""

from dataclasses import dataclass

from firsthand.web.addresses import url_if_any


@dataclass(frozen=True)
class Link:
    """A link's words and where it goes."""

    text: str
    href: str


HEADER = (
    ("The model of harm", "harms:model"),
    ("Figures", "indicators:figures"),
    ("Come back", "testimony:return"),
)
FOOTER = (
    ("About", "web:about"),
    ("Privacy in plain words", "web:privacy"),
    ("Accessibility", "web:accessibility"),
    ("Help now", "web:help"),
)


def links(table: tuple[tuple[str, str], ...]) -> list[Link]:
    """List the links of `table` whose pages exist here, in order."""
    found = (Link(text, url_if_any(name)) for text, name in table)
    return [link for link in found if link.href]
