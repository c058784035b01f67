"""The next version of the model in a real browser: drafted, signed off, published, opened.

Set FIRSTHAND_SCREENSHOTS to a directory to have each page photographed there.
"""

import pytest
from django.urls import reverse

from firsthand.harms import actions as models
from firsthand.harms import queries
from firsthand.harms.actions import drafting
from firsthand.harms.models import ModelVersion
from firsthand.people import rules as roles
from tests.browser.conftest import photograph
from tests.browser.test_review_journey import said
from tests.browser.test_review_journey import sit as sit
from tests.harms import drafting_kit as kit
from tests.repair.conftest import someone

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def go(window, name: str) -> None:
    with window.expect_navigation():
        window.get_by_role("link", name=name, exact=True).first.click()


def press(window, name: str) -> None:
    with window.expect_navigation():
        window.get_by_role("button", name=name, exact=True).first.click()


def words(window, label: str, number: str = "") -> None:
    window.get_by_label(f"Plain words{number}", exact=True).fill(label)
    window.get_by_label(f"Official term{number}", exact=True).fill(f"{label}, officially")
    meaning = f"What the{number.removeprefix(' of the')} means" if number else "What it means"
    window.get_by_label(meaning, exact=True).fill("You had to wait. Nobody told you why.")


def why(window, reason: str, button: str) -> None:
    window.get_by_label("Why?", exact=True).fill(reason)
    press(window, button)


def ground(window, at: str, code: str) -> None:
    window.goto(f"{at}lines/{code}/ground")
    window.get_by_label("Survey answer", exact=True).check()
    window.get_by_label("What is it called?").fill("Survey of 2027 (made up)")
    window.get_by_label("How many?").fill("120")
    window.get_by_label("Best place it may have").fill("2")
    window.get_by_label("Worst place it may have").fill("5")
    press(window, "Put it beneath the line")


@pytest.mark.parametrize("js", [True, False], ids=["scripts", "no scripts"])
def test_from_a_draft_to_a_published_version_whose_lines_open(sit, live_server, js):
    models.load_published_models(by="a test")
    window = sit(someone(roles.RESEARCHER, "Ada Brook"), "/you/desk/", js=js, width=375)
    go(window, "Drafts of the model")
    go(window, "Begin a draft")
    press(window, "Begin")
    assert "short name" in said(window)
    window.get_by_label("A short name for the version").fill("2027")
    press(window, "Begin")
    at = window.url
    window.goto(f"{at}lines/S1.1/reword")
    words(window, "Fixed rules")
    window.get_by_label("Yes, nearly").check()
    why(window, "The survey said so", "Save the new words")
    window.goto(f"{at}lines/S4.1/merge")
    window.get_by_label("S4.2,").check()
    words(window, "Both of these")
    why(window, "One thing", "Merge them")
    window.goto(f"{at}lines/S5.2/split")
    words(window, "One half", " of the first")
    words(window, "Other half", " of the second")
    why(window, "Two things", "Split it")
    assert "Still standing on nothing" in said(window)
    for code in ("S1.1", "S4.1", "S5.19", "S5.20"):
        ground(window, at, code)
    assert "between 2 and 5" in said(window)
    window.goto(f"{at}about")
    window.get_by_label("Its authors, for the citation").fill("Brook, Ada")
    press(window, "Keep this")
    go(window, "Sign-off")
    window.get_by_label("Who looked at it?").fill("Expert advisory group")
    window.get_by_label("In which capacity?").fill("asked about all of it")
    window.get_by_label("Agreed with it", exact=True).check()
    window.get_by_label("On which day?").fill("2026-01-02")
    press(window, "Write it down")
    assert "They saw it as it is now" in said(window)
    window.goto(f"{at}publish")
    assert "Not yet" not in said(window)
    press(window, "Publish version 2027")
    assert window.url.endswith("/model/2027/")
    for code in ("S1.1", "S4.1", "S5.19", "S5.20"):
        window.goto(f"{live_server.url}/model/2027/{code}")
        assert "120 survey answers: Survey of 2027" in said(window)
    go(window, "What changed since 2022, and why")
    assert "The survey said so" in said(window)
    assert not queries.altered(queries.version("2027"))


def test_every_page_is_sound_and_fits(sit, axe, fits, live_server):
    ada = someone(roles.RESEARCHER, "Ada Brook")
    by = kit.draft(ada.user)
    kit.all_changes(by)
    kit.kit_grounds(by)
    drafting.describe(by, {"title": "Made up", "made_by": "people of a test", "note": "Some.",
                           "authors": [{"family": "Brook", "given": "Ada"}]})  # fmt: skip
    draft = [reverse(f"harms:{name}", args=[by.version.pk, *more]) for name, *more in (
        ("draft",), ("draft_about",), ("draft_editors",), ("draft_map",), ("draft_history",),
        ("draft_add",), ("draft_rank", "minimisation"), ("draft_sign_off",), ("draft_preview",),
        ("draft_publish",), ("draft_entry", "S1.1"), ("draft_ground", "S1"),
        ("draft_change", "S1.1", "reword"), ("draft_change", "S1.1", "move"),
        ("draft_change", "S1.1", "merge"), ("draft_change", "S1.1", "split"),
    )]  # fmt: skip
    window = sit(ada, reverse("harms:drafts"))
    look(window, axe, fits, [reverse("harms:drafts"), reverse("harms:draft_begin"), *draft],
         live_server.url)  # fmt: skip
    kit.sign(by)
    drafting_done = kit.publishing.publish(by)
    assert isinstance(drafting_done, ModelVersion)
    public = [f"/model/2027/{name}" for name in ("", "S1.1", "S6.1", "changes", "making")]
    look(window, axe, fits, [*public, draft[0], "/model/2022/S1.1"], live_server.url)
    steward = sit(someone(roles.STEWARD, "Cai Fen"), reverse("harms:in_use"))
    look(steward, axe, fits, [reverse("harms:in_use")], live_server.url)


def look(window, axe, fits, paths, url) -> None:
    for path in paths:
        window.goto(url + path)
        name = "-".join(part for part in path.split("/") if part and len(part) < 30) or "draft"
        window.set_viewport_size({"width": 320, "height": 800})
        fits(window)
        for width in (375, 1280):
            window.set_viewport_size({"width": width, "height": 900})
            photograph(window, name, width)
        axe(window)
