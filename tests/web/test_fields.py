"""Django forms, drawn by the kit."""

import re

import pytest
from django import forms
from django.forms import formset_factory

from firsthand.web.fields import kind_of, shape
from firsthand.web.form_errors import errors
from tests.web.pages import Asks


@pytest.fixture
def page(shell, client):
    def drawn(data=None):
        answer = client.post("/shell/ask/", data) if data is not None else client.get("/shell/ask/")
        return answer.content.decode()

    return drawn


def test_each_widget_has_its_macro():
    kinds = {name: kind_of(Asks()[name]) for name in Asks().fields}
    assert kinds == {
        "number": "hidden",
        "happened": "textarea",
        "when": "input",
        "day": "input",
        "who": "radios",
        "note": "textarea",
        "kinds": "checkboxes",
        "place": "select",
        "agree": "checkbox",
        "words": "password",
        "photo": "file",
    }


def test_what_was_typed_and_chosen_is_there_after_an_error(page):
    body = page(
        {"happened": "\nIt & they", "when": "spring", "kinds": ["home"], "place": "s",
         "day": "2026-03-01", "note": "one\r\n  two"}
    )  # fmt: skip
    assert ">&#10;&#10;It &amp; they</textarea>" in body
    assert ">&#10;one&#10;  two</textarea>" in body
    assert 'value="spring"' in body
    assert 'value="2026-03-01"' in body
    assert re.search(r'name="kinds" type="checkbox" value="home"\s+checked', body)
    assert not re.search(r'value="care"\s+checked', body)
    assert '<option value="s" selected>' in body


def test_a_secret_typed_is_not_drawn_again(page):
    assert "amber" not in page({"words": "amber river"})


def test_every_error_leads_to_a_control_of_the_page(page):
    body = page({"when": "never"})
    targets = re.findall(
        r'<a href="#([^"]+)"', body.split("error-summary__list")[1].split("</ul>")[0]
    )
    assert targets == ["id_happened", "id_happened", "id_who", "id_agree"]
    for target in targets:
        assert re.search(rf'<(input|textarea|select)[^>]* id="{target}"', body)


def test_an_error_is_in_the_title_too(page):
    assert "<title>Error: What happened? " in page({"when": ""})
    assert "<title>What happened? " in page()


def test_the_browser_never_cuts_words_short(page):
    assert "maxlength" not in page()


def test_a_label_may_be_the_heading():
    assert shape(Asks()["happened"], heading=True)["params"]["label"]["isPageHeading"]
    legend = shape(Asks()["who"], heading=True)["params"]["fieldset"]["legend"]
    assert legend == {
        "text": "Who may read it?",
        "isPageHeading": True,
        "classes": "govuk-fieldset__legend--l",
    }


def test_label_and_hint_may_be_said_otherwise():
    params = shape(Asks()["when"], label="Roughly when?", hint="Last spring, say")["params"]
    assert params["label"]["text"] == "Roughly when?"
    assert params["hint"] == {"text": "Last spring, say"}


def test_errors_of_formsets_are_listed_form_by_form():
    many = formset_factory(Asks)(
        {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-when": "spring"}
    )
    many.is_valid()
    assert [line["href"] for line in errors(many)] == [
        "#id_form-0-happened",
        "#id_form-0-who",
        "#id_form-0-agree",
    ]


def test_no_form_no_errors():
    assert errors(None) == []


def test_choices_in_named_groups_are_drawn_flat_and_one_can_put_the_others_out():
    class Kinds(forms.Form):
        kinds = forms.MultipleChoiceField(
            choices=[("Homes", [("care", "A care home")]), (None, "None of these")],
            widget=forms.CheckboxSelectMultiple(attrs={"class": "tight"}),
        )

    params = shape(Kinds(initial={"kinds": ["care"]})["kinds"], alone="")["params"]
    assert [item["value"] for item in params["items"]] == ["care", ""]
    assert params["items"][0]["checked"]
    assert params["items"][1]["behaviour"] == "exclusive"
    assert params["classes"] == "tight"
