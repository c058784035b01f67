"""Doing what a form asks for, so that a refusal loses nothing that was typed."""

from collections.abc import Callable

from django import forms

from firsthand.access.refused import Refused


def done(form: forms.Form, do: Callable[[], object]) -> bool:
    """Do it with what was typed; a refusal is told on the page, and nothing typed is lost."""
    if not form.is_valid():
        return False
    try:
        do()
    except Refused as refused:
        if refused.hidden:
            raise
        form.add_error(None, refused.sentence)
    return not form.errors
