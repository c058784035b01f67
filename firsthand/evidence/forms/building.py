"""The boxes of the search builder. What they hold is read by `methods.searching.drafting`."""

from typing import Any

from django import forms
from django.http import QueryDict

from firsthand.evidence.forms.protocol import Line, Text
from firsthand.methods.searching.blocks import Field
from firsthand.methods.searching.drafting import Wrong
from firsthand.methods.searching.typed import Typed, TypedBlock
from firsthand.methods.typed import whole

MOST_BLOCKS = 20
_WHERE = [
    (Field.TITLE.value, "Title"),
    (Field.ABSTRACT.value, "Abstract"),
    (Field.KEYWORDS.value, "Keywords"),
]


class BlockForm(forms.Form):
    """One block: a name, synonyms, where to look, and what only some searches need."""

    name = Line("Name of this block")
    terms = Text("Synonyms, one on each line", "You can paste a whole list.", rows=7)
    fields_ = forms.MultipleChoiceField(
        label="Look for them in",
        choices=_WHERE,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    headings = Text(
        "Subject headings, one on each line",
        "With whose they are: Client Attitudes (APA), Mental Health Services (MeSH, alone). "
        "“Alone” leaves out the narrower headings below it.",
        rows=2,
    )
    near = Text(
        "Words near each other, one pair on each line",
        "For example: patient*, client* NEAR/3 view*, experience*. "
        "3 is how many words may stand between.",
        rows=2,
    )


class LimitsForm(forms.Form):
    """What holds for all blocks, and what is said of this version."""

    from_year = Line("From year", most=10)
    to_year = Line("To year", most=10)
    languages = Line("Languages", "For example: English, German")
    note = Line("What did you change, or why?", "For the history. You can leave it empty.")


class Sheet:
    """All boxes of the page, with what stands in them and what is wrong with it."""

    def __init__(self, typed: Typed, wrong: tuple[Wrong, ...] = (), note: str = "") -> None:
        self.blocks = [BlockForm(_block(each, at), prefix=f"b{at}")
                       for at, each in enumerate(typed.blocks)]  # fmt: skip
        self.limits = LimitsForm(
            {"from_year": typed.from_year, "to_year": typed.to_year,
             "languages": typed.languages, "note": note}
        )  # fmt: skip
        for each in wrong:
            form = self.limits if each.block is None else self.blocks[each.block]
            form.add_error("fields_" if each.box == "fields" else each.box, each.said)

    @property
    def forms(self) -> list[forms.Form]:
        return [*self.blocks, self.limits]

    @property
    def fits(self) -> bool:
        """Whether nothing is too long to keep."""
        return all(form.is_valid() for form in self.forms)


def _block(typed: TypedBlock, at: int) -> dict[str, Any]:
    said = {"name": typed.name, "terms": typed.terms, "near": typed.near}
    said["headings"] = typed.headings
    return {f"b{at}-{name}": text for name, text in said.items()} | {
        f"b{at}-fields_": list(typed.fields)
    }


def sent(data: QueryDict) -> Typed:
    """Return what was typed into the page, whatever it is."""
    count = data.get("blocks", "")
    many = min(whole(count, 1), MOST_BLOCKS)
    limits = {name: data.get(name, "") for name in ("from_year", "to_year", "languages")}
    return Typed(tuple(_sent(data, at) for at in range(max(many, 1))), **limits)


def _sent(data: QueryDict, at: int) -> TypedBlock:
    said = {name: data.get(f"b{at}-{name}", "") for name in ("name", "terms", "near", "headings")}
    said = {name: text.replace("\r\n", "\n") for name, text in said.items()}
    return TypedBlock(**said, fields=tuple(data.getlist(f"b{at}-fields_")))
