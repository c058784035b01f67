"""What editors fill in to change a draft. What was typed is given back whole."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils import timezone

from firsthand.harms import rules
from firsthand.people.models import User

TERM = "Official term"
LABEL = "Plain words"
_LONG = 20_000


class Text(forms.CharField):
    """A box of several lines."""

    def __init__(self, label: str, hint: str = "", *, rows: int = 3, missing: str = "") -> None:
        super().__init__(
            label=label, help_text=hint, required=bool(missing), max_length=_LONG,
            widget=forms.Textarea(attrs={"rows": rows}),
            error_messages={"required": missing, "max_length": "This is too long to keep."},
        )  # fmt: skip


class Words(forms.CharField):
    """A box of one line."""

    def __init__(self, label: str, hint: str = "", *, most: int = 200, missing: str = "") -> None:
        super().__init__(
            label=label, help_text=hint, required=bool(missing), max_length=most,
            error_messages={"required": missing, "max_length": f"Use {most} letters at most."},
        )  # fmt: skip


def _pick(label: str, hint: str, missing: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, help_text=hint,
        error_messages={"required": missing, "invalid_choice": "Choose one from the list."},
    )  # fmt: skip


class ChangeForm(forms.Form):
    """A change of a draft: why, and what the editor saw when they began."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    reason = Text(
        "Why?",
        "Everyone who reads the new version sees this. Name what it comes from, and nobody.",
        rows=2,
        missing="Say why. Every change of the model gives its reason.",
    )

    def said(self) -> dict[str, Any]:
        """Return what an action is given."""
        return dict(self.cleaned_data)


class BeginForm(forms.Form):
    """A draft of the next version."""

    slug = Words(
        "A short name for the version",
        "It becomes part of the address. A year is usual. For example: 2027",
        most=20,
        missing="Give the version a short name.",
    )
    title = Words("Its title", missing="Give the version a title.")


class LineForm(ChangeForm):
    """The words of a line."""

    label = Words(LABEL, "As you would say it to a friend.", most=120, missing="Write plain words.")
    name = Text(TERM, "As it is printed in the model.", rows=2, missing="Write the official term.")
    description = Text(
        "What it means", "One or two short sentences, to the person it happened to.",
        missing="Write what it means.",
    )  # fmt: skip
    content_note = Words(
        "A note before hard words", "If you need one. For example: This names abuse."
    )
    examples = Text(
        "How someone might say it", "Made up, one a line. Never the words of anybody.", rows=4
    )
    field_order: Any = (
        "label", "name", "description", "content_note", "examples", "reason",
    )  # fmt: skip

    def said(self) -> dict[str, Any]:
        told = super().said()
        words = {name: told.pop(name) for name in ("label", "name", "description", "content_note")}
        return told | {"texts": words | {"examples": told.pop("examples").splitlines()}}


class AddForm(LineForm):
    """A new line, and where it goes."""

    where = _pick("Where does it go?", "It goes to the end of that list.", "Choose a list.")
    field_order = ("where", *LineForm.field_order)

    def __init__(self, *args: Any, sources: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(kind, rules.KINDS[kind][1]) for kind in rules.KINDS if kind != rules.EXPERIENCE]
        inner = [(code, f"An experience of {code}, {label}") for code, label in sources]
        self.fields["where"].choices = [("", "Choose"), *inner, *kinds]  # type: ignore[attr-defined]

    def said(self) -> dict[str, Any]:
        told = super().said()
        where = told.pop("where")
        told.pop("seen")
        kind = where if where in rules.KINDS else rules.EXPERIENCE
        return told | {"kind": kind, "parent": None if where in rules.KINDS else where}


class RewordForm(LineForm):
    """A line in other words, and whether it still means the same."""

    relation = forms.ChoiceField(
        label="Does it still mean the same?",
        help_text="What was linked to the old words is counted by your answer.",
        widget=forms.RadioSelect,
        choices=[
            ("exact", "Yes, it means the same"),
            ("close", "Yes, nearly"),
            ("broad", "It takes in more than before"),
            ("narrow", "It takes in less than before"),
        ],
        error_messages={"required": "Say whether it still means the same.",
                        "invalid_choice": "Choose one of these."},
    )  # fmt: skip
    field_order = (*LineForm.field_order[:-1], "relation", "reason")


class MoveForm(ChangeForm):
    """Which source an experience belongs to."""

    parent = _pick("Which source of harm does it belong to?", "It gets a new code.", "Choose one.")
    field_order = ("parent", "reason")

    def __init__(self, *args: Any, sources: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(code, f"{code}, {label}") for code, label in sources]
        self.fields["parent"].choices = [("", "Choose"), *named]  # type: ignore[attr-defined]


class MergeForm(LineForm):
    """Which lines become part of this one, and its words then."""

    others = forms.MultipleChoiceField(
        label="Which lines become part of it?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one other line.",
                        "invalid_choice": "Choose from these."},
    )  # fmt: skip
    field_order = ("others", *LineForm.field_order)

    def __init__(self, *args: Any, lines: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(code, f"{code}, {label}") for code, label in lines]
        self.fields["others"].choices = named  # type: ignore[attr-defined]


class SplitForm(ChangeForm):
    """Two lines, or three, in place of one."""

    MOST = 3

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, self.MOST + 1):
            self.fields |= _part(number, needed=number < self.MOST)
        self.order_fields([name for name in self.fields if name != "reason"] + ["reason"])

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        last = [told.get(f"{name}_{self.MOST}", "") for name in ("label", "name", "description")]
        if any(last) and not all(last):
            self.add_error(f"label_{self.MOST}", "Fill in all three boxes of the third, or none.")
        return told

    def said(self) -> dict[str, Any]:
        told = super().said()
        names = ("label", "name", "description")
        parts = [{name: told.pop(f"{name}_{at}") for name in names} for at in (1, 2, 3)]
        return told | {"parts": [part for part in parts if part["label"]]}


def _part(number: int, *, needed: bool) -> dict[str, forms.Field]:
    which = ("first", "second", "third")[number - 1]
    hint = "" if needed else "Leave the third empty if two are enough."
    return {
        f"label_{number}": Words(
            f"{LABEL} of the {which}", hint, most=120,
            missing=f"Write plain words for the {which}." if needed else "",
        ),
        f"name_{number}": Text(
            f"{TERM} of the {which}", rows=2,
            missing=f"Write the official term of the {which}." if needed else "",
        ),
        f"description_{number}": Text(
            f"What the {which} means",
            missing=f"Write what the {which} means." if needed else "",
        ),
    }  # fmt: skip


class RankForm(ChangeForm):
    """A place for every line of a list. The same number means that they share it."""

    ranked_by = forms.ChoiceField(
        label="Where does this order come from?",
        widget=forms.RadioSelect,
        choices=[(name, rules.RANKED_BY[name]) for name in (rules.SURVEY, rules.EDITORS)],
        error_messages={"required": "Say where the order comes from.",
                        "invalid_choice": "Choose one of these."},
    )  # fmt: skip

    def __init__(
        self, *args: Any, lines: Sequence[tuple[str, str]], places: Mapping[str, int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.codes = [code for code, _ in lines]
        for code, label in lines:
            self.fields[f"place-{code}"] = _place(f"{label} ({code})", places[code], len(lines))
        self.order_fields([f"place-{code}" for code in self.codes])

    def said(self) -> dict[str, Any]:
        told = super().said()
        places = {code: told.pop(f"place-{code}") for code in self.codes}
        numbers = sorted(set(places.values()))
        groups = [[code for code in self.codes if places[code] == at] for at in numbers]
        return told | {"groups": groups}


def _place(label: str, now: int, most: int) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, initial=now, min_value=1, max_value=most,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
        error_messages={
            "required": f"Give “{label}” a place.",
            "invalid": f"Write a whole number for “{label}”.",
            "min_value": "Places begin at 1.", "max_value": f"There are {most} places.",
        },
    )  # fmt: skip


class GroundForm(forms.Form):
    """Something that a line stands on."""

    kind = forms.ChoiceField(
        label="What is it?",
        widget=forms.RadioSelect,
        choices=[(kind, said[0].capitalize()) for kind, said in rules.GROUNDS.items()],
        error_messages={"required": "Say what it is.", "invalid_choice": "Choose one of these."},
    )
    title = Words(
        "What is it called?",
        "A paper with its year, a survey, a group. Never a name, or words from an account.",
        most=300, missing="Give it a title.",
    )  # fmt: skip
    count = forms.IntegerField(
        label="How many?", help_text="Papers, passages, answers. Leave it empty for just one.",
        required=False, min_value=0, max_value=2**31 - 1,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-5", "inputmode": "numeric"}),
        error_messages={"invalid": "Write a whole number.", "min_value": "0 or more.",
                        "max_value": "That is too many to keep."},
    )  # fmt: skip
    low = forms.FloatField(
        label="Best place it may have", help_text="For a ranking: such as 2", required=False,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-5"}),
    )  # fmt: skip
    high = forms.FloatField(
        label="Worst place it may have", help_text="For a ranking: such as 5", required=False,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-5"}),
    )  # fmt: skip
    at = Words("Where can it be read?", "An address: https://… or of this site, /…", most=300)


class PlaceForm(forms.Form):
    """Where something belongs whose line is no more."""

    to = Words("Code of the line it belongs to", most=12, missing="Write a code, such as S1.14.")


class SignOffForm(forms.Form):
    """Someone beside the editors looked at the draft."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    who = Words(
        "Who looked at it?", "A group or a role. Never a name. For example: Expert advisory group",
        missing="Say which group, or who by their role.",
    )  # fmt: skip
    capacity = Words(
        "In which capacity?", "For example: people who use services, asked for advice on all of it",
        missing="Say in which capacity.",
    )  # fmt: skip
    said = forms.ChoiceField(
        label="What did they say?", widget=forms.RadioSelect,
        choices=[(one, words[0].upper() + words[1:]) for one, words in rules.SIGNED.items()],
        error_messages={"required": "Say what they said.", "invalid_choice": "Choose one."},
    )  # fmt: skip
    remarks = Text("Their remarks", "They are published with the version. Name nobody.")
    signed_on = forms.DateField(
        label="On which day?", help_text="The day they said it.",
        widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input--width-10"}),
        error_messages={"required": "Say on which day.", "invalid": "Write it like 2027-03-27."},
    )  # fmt: skip

    def clean_signed_on(self) -> Any:
        """A day that is still to come cannot be when they looked."""
        day = self.cleaned_data["signed_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("The day they looked at it cannot be still to come.")
        return day


class AboutForm(forms.Form):
    """What is said about the version as a whole."""

    title = Words("Its title", missing="Give the version a title.")
    made_by = Text("Who made it", "As a sentence goes on: made by …", rows=2,
                   missing="Say who made it.")  # fmt: skip
    authors = Text(
        "Its authors, for the citation", "One a line, family name first. For example: Brook, Ada",
        rows=4,
    )  # fmt: skip
    note = Text(
        "What changed, in plain words",
        "We began this for you from the changes. Say it as you would to someone who knows the "
        "version before.",
        rows=14,
    )

    def clean_authors(self) -> list[dict[str, str]]:
        """Read one author a line."""
        lines = [line.strip() for line in self.cleaned_data["authors"].splitlines()]
        parted = [line.partition(",") for line in lines if line]
        if any(not one[0].strip() for one in parted):
            raise forms.ValidationError("Write the family name first, as in: Brook, Ada")
        return [{"family": one[0].strip(), "given": one[2].strip()} for one in parted]

    @staticmethod
    def written(authors: Iterable[Mapping[str, str]]) -> str:
        """Write authors as they are typed."""
        names = (f"{one['family']}, {one.get('given', '')}".rstrip(", ") for one in authors)
        return "\n".join(names)


class EditorForm(forms.Form):
    """Who else edits the draft."""

    who = _pick("Who is to edit it with you?", "Researchers of this site.", "Choose someone.")

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._people = {str(each.id): each for each in people}
        named = [(key, each.name) for key, each in self._people.items()]
        self.fields["who"].choices = [("", "Choose"), *named]  # type: ignore[attr-defined]

    @property
    def user(self) -> User:
        return self._people[self.cleaned_data["who"]]


class UseForm(forms.Form):
    """Which version accounts are linked with."""

    slug = forms.ChoiceField(
        label="Which version are accounts linked with from now on?", widget=forms.RadioSelect,
        error_messages={"required": "Choose a version.", "invalid_choice": "Choose one of these."},
    )  # fmt: skip

    def __init__(self, *args: Any, versions: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].choices = list(versions)  # type: ignore[attr-defined]
