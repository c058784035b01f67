"""What a theme asks, what it is mapped to, and what a finding asks."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from firsthand.codebook.models import Code, Coder, Finding, Theme
from firsthand.evidence.forms.protocol import Line, Text
from firsthand.evidence.models import Record
from firsthand.harms.models import Entry

_GONE = "Choose from the list."
_DASH = "\u2013 "


class _Boxes(forms.MultipleChoiceField):
    """Any number of rows; `chosen` gives them back."""

    def __init__(self, label: str, hint: str = "") -> None:
        super().__init__(
            label=label, help_text=hint, required=False, widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": _GONE},
        )  # fmt: skip


class _Rows(forms.Form):
    """A form some of whose fields choose rows by their ids."""

    rows: dict[str, dict[str, Any]]

    def offer(self, name: str, rows: Iterable[tuple[Any, str]], first: str = "") -> None:
        """Let a field choose from rows; leave the field out when there are none."""
        held = [(str(each.id), each, text) for each, text in rows]
        self.rows = {**getattr(self, "rows", {}), name: {key: row for key, row, _ in held}}
        if not held:
            del self.fields[name]
            return
        choices = [(key, text) for key, _, text in held]
        field: Any = self.fields[name]
        field.choices = [("", first), *choices] if first else choices

    def chosen(self, name: str) -> list[Any]:
        said = self.cleaned_data.get(name) or []
        ids = [said] if isinstance(said, str) else said
        return [self.rows[name][each] for each in ids]


class ThemeForm(_Rows):
    """Name, what it means, the theme it is part of, and its codes."""

    name = Line("What is the theme called?", missing="Give the theme a name.")
    description = Text("What does it say?", "In a sentence or two.")
    parent = forms.ChoiceField(
        label="Is it part of another theme?", required=False,
        error_messages={"invalid_choice": _GONE},
    )  # fmt: skip
    codes = _Boxes("Which codes belong to it?", "Only these, not the codes below them.")

    def __init__(
        self, *args: Any, themes: Sequence[Theme], codes: Sequence[tuple[int, Code]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer("parent", [(each, each.name) for each in themes], "No, it stands by itself")
        self.offer("codes", [(each, _DASH * deep + each.name) for deep, each in codes])

    @classmethod
    def of(cls, theme: Theme, **kwargs: Any) -> "ThemeForm":
        """Return the form with what a theme says today."""
        said = {
            "name": theme.name, "description": theme.description,
            "parent": str(theme.parent_id or ""),
            "codes": [str(each.id) for each in theme.codes.all()],
        }  # fmt: skip
        return cls(initial=said, **kwargs)

    @property
    def wanted(self) -> dict[str, Any]:
        said = self.cleaned_data
        parent = self.chosen("parent")
        return {
            "name": said["name"], "description": said["description"],
            "parent": parent[0] if parent else None, "codes": self.chosen("codes"),
        }  # fmt: skip


class MapForm(_Rows):
    """A line of the model, and who says that a theme has to do with it."""

    entry = forms.ChoiceField(
        label="Which line of the model has to do with it?",
        error_messages={"required": "Choose a line of the model.", "invalid_choice": _GONE},
    )
    says_who = Line(
        "Who says so?", "A name, a group or a paper.", missing="Say who says so: you, or whom."
    )
    why = Text("Why?", "In a sentence.", rows=2)

    def __init__(self, *args: Any, entries: Sequence[Entry], by: Coder, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["says_who"].initial = by.user.name
        self.offer(
            "entry", [(each, f"{each.code} {each.name}"[:150]) for each in entries], "Choose"
        )


class FindingForm(_Rows):
    """What was found, in which papers, and where it is represented or why not."""

    text = Text("What was found?", "In one sentence of yours.", missing="Write what was found.")
    papers = Text("Which papers found it?", "One a line, as you cite them. For example: Carr 2019")
    records = _Boxes("And which of the reports that your review included?")
    themes = _Boxes("Which themes is it represented in?")
    set_aside = Text(
        "If it is in no theme: why is it set aside?", "Leave it empty while it is still open."
    )

    def __init__(
        self, *args: Any, themes: Sequence[Theme], records: Sequence[Record], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer("records", [(each, each.called) for each in records])
        self.offer("themes", [(each, each.name) for each in themes])

    @classmethod
    def of(cls, finding: Finding, **kwargs: Any) -> "FindingForm":
        """Return the form with what a finding says today."""
        papers = list(finding.papers.all())
        said = {
            "text": finding.text, "set_aside": finding.set_aside,
            "papers": "\n".join(each.name for each in papers if each.record_id is None),
            "records": [str(each.record_id) for each in papers if each.record_id],
            "themes": [str(each.id) for each in finding.themes.all()],
        }  # fmt: skip
        return cls(initial=said, **kwargs)

    def clean_papers(self) -> list[str]:
        names = [each.strip() for each in self.cleaned_data["papers"].splitlines()]
        if any(len(each) > 200 for each in names):
            raise forms.ValidationError("Use 200 characters at most for each paper.")
        return list(dict.fromkeys(each for each in names if each))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("themes") and said.get("set_aside"):
            self.add_error(
                "set_aside", "It is in a theme, so it is not set aside. Choose one or the other."
            )
        return said

    @property
    def wanted(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "text": said["text"], "papers": said["papers"], "set_aside": said["set_aside"],
            "records": self.chosen("records"), "themes": self.chosen("themes"),
        }  # fmt: skip
