"""A refusal: a sentence for the person refused, shown to them as it stands.

`hidden` refusals answer 404 with one and the same sentence, whether or not there is anything
behind the address: someone who may not read must not learn that there is something to read.
"""

from typing import TypeVar

Row = TypeVar("Row")

NOTHING = (
    "There is nothing here that we can show you. "
    "It may not exist, or it may not be shared with you."
)


class Refused(Exception):
    """What was asked may not be done. `sentence` says so to the person who asked."""

    def __init__(self, sentence: str = NOTHING, *, hidden: bool = True) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.hidden = hidden


def not_now(sentence: str) -> Refused:
    """Return a refusal of something the person knows is there, and that cannot be done now."""
    return Refused(sentence, hidden=False)


def found(row: Row | None) -> Row:
    """Return what was looked for. Raises Refused, hidden, when there is none."""
    if row is None:
        raise Refused
    return row
