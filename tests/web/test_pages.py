"""The pages about this site."""

import io
import zipfile

import pytest
from django.urls import reverse

PUBLIC = ["home", "about", "privacy", "accessibility", "help", "source"]


@pytest.fixture(autouse=True)
def _site(shell):
    pass


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_page_has_a_way_out_help_and_one_heading(client, name):
    body = client.get(reverse(f"web:{name}")).content.decode()
    assert body.count("<h1") == 1
    assert 'href="/exit"' in body
    assert "Nobody watches this site day and night" in body
    assert "116 123" in body


@pytest.mark.parametrize("name", PUBLIC)
def test_public_pages_ask_the_database_nothing_and_set_no_cookie(
    client, name, django_assert_num_queries, db
):
    with django_assert_num_queries(0):
        answer = client.get(reverse(f"web:{name}"))
    assert answer.status_code == 200
    assert not answer.cookies


def test_no_page_is_kept_by_the_browser_unless_its_view_says_so(client):
    assert "no-store" in client.get("/")["Cache-Control"]
    assert client.get("/shell/keepable/")["Cache-Control"] == "public, max-age=60"


def test_the_browser_is_told_to_refuse_frames_foreign_code_and_snooping(client):
    answer = client.get("/")
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]


@pytest.mark.parametrize("name", PUBLIC)
def test_no_page_has_code_or_styles_inside_it(client, name):
    body = client.get(reverse(f"web:{name}")).content.decode()
    assert " style=" not in body
    assert "<style" not in body
    assert " onclick" not in body
    assert body.count("<script") == body.count('<script type="module" src=')


def test_privacy_says_openly_what_a_server_turned_bad_could_read(client):
    body = client.get(reverse("web:privacy")).content.decode()
    assert "A server that has turned bad" in body
    assert "could read what is typed" in body


def test_a_missing_name_stops_the_page(client):
    client.raise_request_exception = False
    assert client.get("/shell/typo/").status_code == 500


def test_anyone_can_take_the_source_and_no_data_is_in_it(client):
    answer = client.get(reverse("web:source-zip"))
    with zipfile.ZipFile(io.BytesIO(answer.content)) as held:
        names = held.namelist()
    assert "firsthand-source/firsthand/web/views.py" in names
    assert not [name for name in names if "data/" in name.split("firsthand/")[0]]
    assert not [name for name in names if name.endswith((".sqlite3", ".key", ".pyc"))]
