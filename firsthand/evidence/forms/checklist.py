"""An item of the checklist: where it is met, or why it does not apply."""

from typing import Any

from django import forms

from firsthand.evidence.forms.protocol import Line, Text
from firsthand.evidence.models import Reported


class ReportedForm(forms.Form):
    where = Line("Where in your report?", "Page or section. For example: Methods, page 4")
    note = Text("Note", "For yourselves: it stands in the checklist's files too.")
    applies = forms.TypedChoiceField(
        label="Does this item apply to your review?",
        choices=[("yes", "Yes"), ("no", "No")],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
        initial="yes",
        error_messages={"required": "Choose yes or no.", "invalid_choice": "Choose yes or no."},
    )
    why = Text("If not: why?", "People who read the checklist will see this.", rows=2)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("applies") is False and not said.get("why"):
            self.add_error("why", "Say why this item does not apply.")
        return said

    @classmethod
    def of(cls, row: Reported | None) -> "ReportedForm":
        if row is None:
            return cls()
        said = {name: getattr(row, name) for name in ("where", "note", "why")}
        return cls(initial={**said, "applies": "yes" if row.applies else "no"})
