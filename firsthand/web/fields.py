"""From a Django form's field to what the component kit's macro wants to be told.

`shape(form["x"], hint="…")` gives `{"kind": macro, "params": {...}}`, which the macro `field` of
web/fields.html draws.
"""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.html import escape
from django.utils.safestring import mark_safe

Params = dict[str, Any]

# The macro for each widget, the nearer class first.
KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
    (forms.FileInput, "file"),
    (forms.PasswordInput, "password"),
    (forms.HiddenInput, "hidden"),
)
_GROUPS = {"radios", "checkboxes"}
_OURS = {"id", "class", "rows", "cols", "autocomplete", "inputmode", "required"}
_OURS |= {"maxlength", "minlength"}  # a browser cuts pasted words short without saying so


def kind_of(bound: BoundField) -> str:
    """Name the macro that draws this field; anything unknown is a one-line input."""
    widget = bound.field.widget
    return next((kind for cls, kind in KINDS if isinstance(widget, cls)), "input")


def control_id(bound: BoundField) -> str:
    """Give the id of the control that takes the focus: of a group, its first choice."""
    return str(bound.auto_id or bound.html_name)


def shape(
    bound: BoundField, *, label: str = "", hint: str = "", heading: bool = False, **more: Any
) -> dict[str, Any]:
    """Describe the field for its macro. `heading` makes its label the page's heading.

    `more` is handed on: `classes`, `rows`, `items_hint` ({value: hint}), `conditional`
    ({value: html}), `divider_before` (value), `alone` (the tick that puts the others out),
    `suffix`, `prefix`, `size` (s, m, l).
    """
    kind = kind_of(bound)
    params = _common(bound, hint or str(bound.help_text or ""))
    params |= _named(kind, label or str(bound.label or ""), heading, more.pop("size", ""))
    params |= _FILL.get(kind, _fill_input)(bound, more)
    return {"kind": kind, "params": params | more}


def _common(bound: BoundField, hint: str) -> Params:
    attrs = dict(bound.field.widget.attrs)
    name = {"name": bound.html_name, "id": control_id(bound), "idPrefix": control_id(bound)}
    params: Params = name | {"attributes": {k: v for k, v in attrs.items() if k not in _OURS}}
    params |= {key: attrs[key] for key in ("autocomplete", "inputmode", "rows") if key in attrs}
    if "class" in attrs:
        params["classes"] = attrs["class"]
    if hint:
        params["hint"] = {"text": hint}
    if bound.errors:
        params["errorMessage"] = {"text": " ".join(str(e) for e in bound.errors)}
    return params


def _named(kind: str, text: str, heading: bool, size: str) -> Params:
    part = "fieldset__legend" if kind in _GROUPS else "label"
    chosen = size or ("l" if heading else "s")
    said = {"text": text, "isPageHeading": heading, "classes": f"govuk-{part}--{chosen}"}
    return {"fieldset": {"legend": said}} if kind in _GROUPS else {"label": said}


def _value(bound: BoundField) -> Any:
    value = bound.field.widget.format_value(bound.value())
    return "" if value is None else value


def _fill_input(bound: BoundField, more: Params) -> Params:
    kind = getattr(bound.field.widget, "input_type", "text")
    return {"type": kind, "value": _value(bound)}


def _fill_textarea(bound: BoundField, more: Params) -> Params:
    # New lines are written as entities: the kit indents what it nests, and would indent these.
    # A textarea swallows one newline after its tag: give it one to swallow.
    value = str(escape(str(_value(bound)).replace("\r\n", "\n"))).replace("\n", "&#10;")
    return {"value": mark_safe("&#10;" + value)}  # noqa: S308


def _fill_password(bound: BoundField, more: Params) -> Params:
    return {"type": "password"}  # what was typed is never sent back


def _fill_file(bound: BoundField, more: Params) -> Params:
    return {"multiple": bool(getattr(bound.field.widget, "allow_multiple_selected", False))}


def _chosen(bound: BoundField) -> set[str]:
    value = bound.value()
    many = value if isinstance(value, list | tuple | set) else [value]
    return {"" if one is None else str(one) for one in many}


def _choices(bound: BoundField) -> Iterable[tuple[str, str]]:
    for value, text in bound.field.widget.choices:
        if isinstance(text, list | tuple):  # a named group: its members, flat
            yield from ((str(v), str(t)) for v, t in text)
        else:
            yield ("" if value is None else str(value)), str(text)


def _items(bound: BoundField, more: Params, mark: str) -> list[Params]:
    chosen, hints = _chosen(bound), more.pop("items_hint", {})
    opens, divider = more.pop("conditional", {}), more.pop("divider_before", None)
    alone = more.pop("alone", None)
    items: list[Params] = []
    for value, text in _choices(bound):
        if value == divider:
            items.append({"divider": "or"})
        item: Params = {"value": value, "text": text, mark: value in chosen}
        if hints.get(value):
            item["hint"] = {"text": hints[value]}
        if opens.get(value):
            item["conditional"] = {"html": opens[value]}
        if value == alone:
            item["behaviour"] = "exclusive"
        items.append(item)
    return items


def _fill_choices(bound: BoundField, more: Params) -> Params:
    return {"items": _items(bound, more, "checked")}


def _fill_select(bound: BoundField, more: Params) -> Params:
    return {"items": _items(bound, more, "selected")}


def _fill_checkbox(bound: BoundField, more: Params) -> Params:
    said = str(bound.label or "")
    return {"items": [{"value": "on", "text": said, "checked": bool(bound.value())}]}


_FILL = {
    "checkboxes": _fill_choices,
    "radios": _fill_choices,
    "checkbox": _fill_checkbox,
    "select": _fill_select,
    "textarea": _fill_textarea,
    "file": _fill_file,
    "password": _fill_password,
}
