"""What happens when a template asks for something that is not there."""

import jinja2
import pytest

from firsthand.web.jinja import environment


class Person:
    name = "Ada"


def drawn(text, **given):
    return environment(loader=None).from_string(text).render(**given)


@pytest.mark.parametrize(
    "text",
    [
        "{{ nobody }}",
        "{% if nobody %}{% endif %}",
        "{% for one in nobody %}{% endfor %}",
        "{{ nobody | length }}",
        "{{ nobody.name }}",
        "{{ person.nmae }}",
        "{% if person.nmae %}{% endif %}",
    ],
)
def test_a_slip_in_a_name_stops_the_page(text):
    with pytest.raises(jinja2.UndefinedError):
        drawn(text, person=Person())


@pytest.mark.parametrize(
    "text",
    ["{{ row.when }}", "{{ row.when.where }}", "{% for one in row.many %}x{% endfor %}"],
)
def test_a_key_a_dictionary_lacks_is_empty(text):
    assert drawn(text, row={}) == ""


def test_lengths_of_missing_keys_are_nothing_and_names_can_be_asked_after():
    assert drawn("{{ row.many | length }}", row={}) == "0"
    assert drawn("{{ nobody is defined }}") == "False"
    assert drawn("{{ nobody | default('nobody') }}") == "nobody"


def test_what_a_page_may_leave_unsaid_is_simply_empty():
    assert drawn("{{ back_url }}{{ page_class }}{{ continue_text }}") == "Continue"


def test_words_are_escaped_unless_marked_as_safe():
    assert drawn("{{ said }}", said="<b>") == "&lt;b&gt;"


def test_asking_for_the_nonce_gives_the_requests_own():
    class Request:
        csp_nonce = "once"

    assert drawn("{{ nonce() }}", request=Request()) == "once"
