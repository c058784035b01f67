"""The lines of an error summary, each leading to a control that can take the focus."""

from typing import Any

from django import forms

from firsthand.web.fields import Params, control_id


def _line(text: object, target: str) -> Params:
    return {"text": str(text), "href": f"#{target}"}


def _form_errors(form: forms.BaseForm) -> list[Params]:
    """Errors of the whole form and of hidden fields lead to the first field that is seen."""
    seen = [form[name] for name in form.fields if not form[name].is_hidden]
    hidden = [form[name] for name in form.fields if form[name].is_hidden]
    first = control_id(seen[0]) if seen else "main"
    lines = [_line(text, first) for text in form.non_field_errors()]
    lines += [_line(text, first) for bound in hidden for text in bound.errors]
    return lines + [_line(text, control_id(bound)) for bound in seen for text in bound.errors]


def errors(*given: Any) -> list[Params]:
    """List {text, href} for every error of the forms (or formsets) given, in page order."""
    lines: list[Params] = []
    for form in given:
        if isinstance(form, forms.BaseFormSet):
            lines += [_line(text, "main") for text in form.non_form_errors()]
            lines += [line for one in form.forms for line in _form_errors(one)]
        elif form is not None:
            lines += _form_errors(form)
    return lines
