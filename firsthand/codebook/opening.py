"""The text of a source, for a coder who may read it: of what a person told us, only in their own
session, through the door that writes the access log."""

from firsthand.access.doer import Doer
from firsthand.codebook.models import Source
from firsthand.testimony.queries import research_text


def text_of(doer: Doer, source: Source) -> str:
    """Return a source's text. Raises Refused where it is sealed, or not to be read any more."""
    if source.item is not None:
        return research_text(doer, source.item)
    return source.text
