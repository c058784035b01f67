"""What a line of a trail says beside what was done: words, never Python's or the database's."""

from django.template import engines


def told(about, **more):
    page = engines["jinja2"].from_string(
        '{% from "web/trail.html" import particulars %}{{ particulars(about, said=said) }}'
    )
    return page.render({"about": about, "said": more})


def test_yes_lists_and_names_are_said_in_words_and_what_is_empty_is_left_out():
    shown = told({"simulated": True, "of": [1, 2, 3], "why": "", "names": False, "says_who": "us"})
    assert shown.count("<span") == 3
    for line in ("made up to try it out: yes", "out of: 1, 2, 3", "who says so: us"):
        assert f">{line}<" in shown


def test_how_it_was_before_is_told_by_part_and_what_was_typed_is_escaped():
    shown = told({"before": {"ways_in": "link", "about": "", "title": "<b>"}}, link="by the link")
    assert ">who may answer before: by the link<" in shown
    assert ">about before: nothing<" in shown
    assert ">title before: &lt;b&gt;<" in shown


def test_what_is_there_for_the_site_is_not_told():
    assert told({"coder": "7d1c", "fingerprint": "0f", "passage": "7d1c"}).strip() == ""
