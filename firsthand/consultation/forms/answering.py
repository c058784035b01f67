"""The form of one question, made from what it asks. It holds whatever was typed, right or wrong."""

from collections.abc import Mapping
from typing import Any

from django import forms

from firsthand.consultation import survey_queries as queries
from firsthand.consultation import survey_rules as rules
from firsthand.consultation.models import Answer, Question
from firsthand.methods.ranking.ballots import MOST_TIED


class StepForm(forms.Form):
    """One question. `said` and `words` are what is to be kept, once it is valid.

    `only`: one best-worst set of it, counted from 1; `said` is then of that set alone.
    """

    def __init__(self, question: Question, answer: Answer | None, *args: Any, start: str = "",
                 only: int = 0, **kwargs: Any) -> None:  # fmt: skip
        super().__init__(*args, **(kwargs | {"auto_id": "%s"}))  # as the page names its boxes
        self.question, self.start, self.only = question, start, only
        self.sets = queries.sets_for(question, answer) if question.kind == rules.SETS else []
        every = list(enumerate(self.sets))
        self.shown = every[only - 1 : only] if only else every
        self.said: dict[str, Any] = {}
        for name in self._names():
            self.fields[start + name] = forms.CharField(required=False, max_length=200)
        self.fields[start + "words"] = forms.CharField(
            required=False, max_length=rules.MOST_WORDS, label="In your own words",
            widget=forms.Textarea(attrs={"rows": 5}),
            error_messages={"max_length": f"Use {rules.MOST_WORDS:,} letters at most."},
        )  # fmt: skip

    def _names(self) -> list[str]:
        kind, keys = self.question.kind, self.question.keys
        if kind == rules.SETS:
            return [f"{each}-{n}" for n, _ in self.shown for each in "bw"]
        if kind == rules.ORDER:
            return [f"{each}-{key}" for key in keys for each in "pa"]
        return [f"r-{key}" for key in keys] if kind == rules.RATE else (
            ["one"] if kind == rules.ABOUT else [])  # fmt: skip

    @property
    def asks_words(self) -> bool:
        """Tell whether own words are asked for here: of sets one a page, beside the last."""
        asks = self.question.kind == rules.WORDS or self.question.additions
        return asks and self.only in (0, len(self.sets))

    @property
    def words(self) -> str:
        return str(self.cleaned_data.get(self.start + "words", ""))

    def value(self, name: str) -> str:
        """Return what stands in a box: as typed, else as kept."""
        return str(self[self.start + name].value() or "")

    def clean(self) -> dict[str, Any]:
        """Turn what was typed into an answer; say in a sentence what cannot be."""
        try:
            self.said = self._said(self.cleaned_data)
        except rules.Wrong as wrong:
            self.add_error(None, wrong.args[0])
        return self.cleaned_data

    def _said(self, typed: Mapping[str, str]) -> dict[str, Any]:
        keys = self.question.keys

        def get(name: str) -> str:
            return typed.get(self.start + name, "")

        if self.question.kind == rules.ORDER:
            placed = {key: rules.place(get(f"p-{key}")) for key in keys}
            away = [key for key in keys if get(f"a-{key}")]
            some = {key: at for key, at in placed.items() if at is not None}
            return rules.ordered(some, away, keys, self.question.most, MOST_TIED)
        if self.question.kind == rules.SETS:
            chosen = [[get(f"{each}-{n}") for n, _ in self.shown] for each in "bw"]
            return dict(rules.picked([one for _, one in self.shown], *chosen))
        if self.question.kind == rules.RATE:
            return rules.rated({key: get(f"r-{key}") for key in keys}, keys, self.question.steps)
        return rules.one_of(get("one"), keys) if self.question.kind == rules.ABOUT else {}


def kept(question: Question, said: Mapping[str, Any], words: str) -> dict[str, Any]:
    """Return what the boxes of a question begin with: what was kept."""
    found: dict[str, Any] = {"words": words, "one": said.get("one", "")}
    found |= {f"p-{key}": str(at) for key, at in said.get("places", {}).items()}
    away = said.get("away", [])
    found |= {f"a-{key}": "on" for key in away}
    found |= {f"r-{key}": str(step) for key, step in said.get("ratings", {}).items()}
    if question.kind == rules.RATE:
        found |= {f"r-{key}": rules.NOT_APPLY for key in away}
    for n, (best, worst) in enumerate(said.get("picked", [])):
        found |= {f"b-{n}": best, f"w-{n}": worst}
    return found
