"""The model's public pages: everything is there, for everyone, at an address that stays."""

import re

import pytest
from django.urls import reverse

from firsthand.harms import queries

pytestmark = pytest.mark.django_db


def _page(client, name, *args, query=None, status=200):
    response = client.get(reverse(f"harms:{name}", args=args), query or {})
    assert response.status_code == status, response.status_code
    return response.content.decode()


def _text(page):
    body = page.split("<main", 1)[1].split("</main>", 1)[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


def test_the_short_address_leads_to_the_newest_version(client, model):
    response = client.get("/model/")
    assert (response.status_code, response["Location"]) == (302, "/model/2022/")


def test_the_short_address_leads_on_when_a_newer_version_comes(client, later):
    assert client.get("/model/")["Location"] == "/model/2030/"


def test_a_site_without_a_model_says_so(client):
    assert "no model of harm yet" in _page(client, "model", status=404)


def test_the_model_at_a_glance_links_to_every_entry(client, model):
    page = _page(client, "version", "2022")
    linked = set(re.findall(r'href="/model/2022/([SIM][^"]+)"', page))
    assert linked == {one.code for one in queries.entries(model)}


def test_every_entrys_page_says_what_it_must(client, model):
    for one in queries.entries(model):
        text = _text(_page(client, "entry", "2022", one.code)).replace("&#39;", "'")
        for said in (one.label, one.name, one.description, queries.rank_words(one)):
            assert said in text, (one.code, said)
        for links in queries.said_links(one).values():
            assert all(link.target_name in text and link.who in text for link in links)
        assert all(stage["name"] in text for stage in queries.stages(one))


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("S1", "1 of 7. Ranked by the people who answered the survey."),
        ("S7.16", "16 of 16. The place it has in the printed list, which follows the survey."),
        ("I13", "13 of 13. The place it has in the list; this list was not ranked."),
        ("M6A", "6 of 8, the same rank as M6B. Ranked by the people who answered the survey."),
        ("M8", "8 of 8. Ranked by the people who answered the survey."),
    ],
)
def test_a_rank_is_said_with_where_it_is_from(client, model, code, said):
    assert said in _text(_page(client, "entry", "2022", code))


@pytest.mark.parametrize("code", ["S6", "S6.1", "S6.8", "I12"])
def test_hard_material_comes_after_a_note_and_a_way_to_help(client, model, code):
    page = _page(client, "entry", "2022", code)
    note = page.index('role="note"')
    assert note < page.index("lead") < page.index("How someone might say it")
    assert reverse("web:help") in page[note : page.index("lead")]


def test_a_source_lists_its_experiences_and_an_experience_leads_back(client, model):
    assert _page(client, "entry", "2022", "S5").count('href="/model/2022/S5.') == 18
    assert 'href="/model/2022/S5"' in _page(client, "entry", "2022", "S5.15")


def test_examples_are_plainly_made_up(client, model):
    text = _text(_page(client, "entry", "2022", "S7.6"))
    assert text.index("We made these up") < text.index("She never rings back.")


@pytest.mark.parametrize(
    "path",
    ["2022/S9", "2022/S1.99", "2022/I14", "2022/M6", "2022/M6C", "2022/nothing", "1999/", "1999/S1",
     "1999/search", "1999/making", "1999/crosswalk", "1999/model.csv", "2022/model.exe",
     "2022/%00", "2022/S1%2F..", "2022/S1.1.1"],
)  # fmt: skip
def test_what_is_not_in_the_model_is_not_found(client, model, path):
    assert client.get(f"/model/{path}").status_code == 404


def test_a_code_in_small_letters_leads_to_its_page(client, model):
    response = client.get("/model/2022/s1.3")
    assert (response.status_code, response["Location"]) == (301, "/model/2022/S1.3")


@pytest.mark.parametrize("name", ["version", "making", "crosswalk", "search"])
def test_an_earlier_version_stays_and_points_to_the_newer_one(client, later, name):
    assert 'href="/model/2030/"' in _page(client, name, "2022")
    assert "There is a newer one" not in _page(client, name, "2030")


def test_an_entry_shows_what_became_of_it(client, later):
    text = _text(_page(client, "entry", "2022", "S1.2"))
    assert "In other versions" in text
    assert "is part of the wider" in text
    assert "Now part of the whole." in text


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("nobody listened to me", "S7.11"),
        ("personal budget", "S1.4"),
        ("gatekeeping", "S4.12"),
        ("Suicidality or death", "I12"),
        ("suicide", "I12"),
        ("RACIST", "S2.3"),
        ("my social worker keeps changing", "S4.8"),
        ("psychiatric disqualification", "S2.1"),
        ("saying sorry", "M1"),
        ("they told my landlord", "S6.8"),
        ("in debt", "I9"),
        ("s5.15", "S5.15"),
    ],
)
def test_search_finds_plain_words_and_official_terms(client, model, asked, code):
    found = re.findall(r'href="/model/2022/([SIM][^"]+)"', _page(client, "search", "2022",
                                                                  query={"q": asked}))  # fmt: skip
    assert code in found[:3], found[:5]


def test_search_leaves_out_what_hardly_fits(client, model):
    assert 3 <= len(queries.search(model, "nobody listened")) <= 10
    assert len(queries.search(model, "they shared my details with my landlord")) <= 5


@pytest.mark.parametrize("asked", ["xyzzy", "🙂", "‮", "%", "\\", "?"])
def test_a_search_that_finds_nothing_helps_on(client, model, asked):
    text = _text(_page(client, "search", "2022", query={"q": asked}))
    assert "Nothing here fits" in text
    assert "does not mean it did not happen" in text


@pytest.mark.parametrize("query", [{}, {"q": ""}, {"q": "   "}])
def test_an_empty_search_says_what_to_do(client, model, query):
    text = _text(_page(client, "search", "2022", query=query))
    assert "Type a few words" in text
    assert "Nothing here fits" not in text


def test_a_search_with_a_nul_says_what_is_wrong_at_a_place_that_takes_the_focus(client, model):
    page = _page(client, "search", "2022", query={"q": "a\x00b"})
    target = re.search(r'class="govuk-error-summary.*?href="#([^"]+)"', page, re.DOTALL)
    assert target is not None
    assert f'id="{target[1]}"' in page


def test_a_very_long_search_is_answered(client, model):
    assert "fit" in _page(client, "search", "2022", query={"q": "nobody listened " * 100})


def test_a_search_is_shown_as_typed_and_never_as_markup(client, model):
    page = _page(client, "search", "2022", query={"q": "<script>alert(1)</script>"})
    assert "<script>alert" not in page


def test_a_search_is_kept_nowhere_on_the_way(client, model):
    response = client.get(reverse("harms:search", args=["2022"]), {"q": "money"})
    assert "no-store" in response["Cache-Control"]


def test_the_crosswalk_starts_from_the_law_and_shows_what_nothing_is_linked_to(client, model):
    text = _text(_page(client, "crosswalk", "2022"))
    for name in ("Sexual abuse", "Modern slavery", "Well-led", "Cultural"):
        assert name in text
    assert "No part of this version is linked to it." in text


def test_the_making_names_the_four_stages(client, model):
    text = _text(_page(client, "making", "2022"))
    assert all(stage["name"] in text for stage in model.stages)
    assert len(model.stages) == 4


def test_minimisations_came_from_people_and_not_from_papers(client, model):
    text = _text(_page(client, "entry", "2022", "M1"))
    assert "Two focus groups, Ranking survey, Expert advisory group" in text
    assert "Evidence synthesis" not in text


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_model_cannot_be_changed_from_the_web(client, model, method):
    assert getattr(client, method)("/model/2022/S1").status_code == 405


def test_the_pages_ask_the_database_a_few_things_only(client, model, django_assert_max_num_queries):
    for name, args in (("version", ["2022"]), ("crosswalk", ["2022"]), ("entry", ["2022", "S5"])):
        with django_assert_max_num_queries(14):
            client.get(reverse(f"harms:{name}", args=args))
