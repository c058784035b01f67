"""strategies.csv: the built search, every version of it."""

from firsthand.evidence.models import Strategy
from firsthand.evidence.package.going_in import Into
from firsthand.evidence.package.kept import Kept
from firsthand.evidence.package.tables import Bad, Cells, Field, text, whole
from firsthand.methods.searching.plan import Unusable, search


def _note(into: Into, row: Cells, made: Strategy) -> None:
    into.strategies[row["number"]] = made.id


def _check(row: Cells) -> None:
    try:
        search(row["content"])
    except Unusable as why:
        raise Bad(f"content is no search: {why}") from None


RESOURCE = Kept(
    "strategies", "The search as it was built, every version", Strategy,
    (
        whole("number", "The version", required=True, least=1),
        Field("content", "object", "Blocks of synonyms and their fields", required=True),
        text("note"),
    ),
    order=("number",), key=("number",), note=_note, check=_check,
).resource()  # fmt: skip
