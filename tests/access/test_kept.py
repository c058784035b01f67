"""A refusal beside what was typed: said on the form, unless nothing may be said at all."""

import pytest
from django import forms

from firsthand.access.kept import done, status_of
from firsthand.access.refused import Refused, not_now


class Note(forms.Form):
    text = forms.CharField(max_length=5)


def refuse(refusal: Refused):
    def do() -> None:
        raise refusal

    return do


def test_what_can_be_done_is_done():
    did, form = [], Note({"text": "fern"})
    assert done(form, lambda: did.append(form.cleaned_data["text"]))
    assert did == ["fern"]


def test_a_form_that_does_not_hold_does_nothing_and_is_to_be_put_right():
    did, form = [], Note({"text": "far too long"})
    assert not done(form, lambda: did.append(1))
    assert (did, status_of(form)) == ([], 422)


def test_a_refusal_is_said_on_the_form_and_what_was_typed_stays():
    form = Note({"text": "fern"})
    assert not done(form, refuse(not_now("It is closed.")))
    assert form.non_field_errors() == ["It is closed."]
    assert (form["text"].value(), status_of(form)) == ("fern", 409)


def test_a_hidden_refusal_stays_hidden():
    with pytest.raises(Refused):
        done(Note({"text": "fern"}), refuse(Refused()))


def test_an_empty_page_is_answered_as_usual():
    assert status_of(Note()) == 200
