"""A project of another program comes in and goes out in a browser, with and without scripts."""

import pytest
from django.urls import reverse

from firsthand.codebook.actions import bringing
from firsthand.codebook.models import Brought, Project
from firsthand.people import rules as roles
from tests.browser.test_review_journey import said
from tests.browser.test_review_journey import sit as sit
from tests.codebook.test_interchange_pages import FOREIGN
from tests.repair.conftest import someone

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
BRING = "codebook:bring_in"


def work() -> None:
    """Do what waits, as the worker does."""
    bringing.work.call(str(Brought.objects.get().id))


def sent(window, content: bytes = FOREIGN) -> None:
    window.get_by_label("File").set_input_files(
        {"name": "study.qdpx", "mimeType": "application/zip", "buffer": content}
    )
    with window.expect_navigation():
        window.get_by_role("button", name="Look into it").press("Enter")


@pytest.mark.parametrize("js", [True, False], ids=["scripts", "no scripts"])
def test_a_project_is_brought_in_and_taken_out_by_keys(sit, live_server, js):
    ada = someone(roles.RESEARCHER, "Ada Brook")
    window = sit(ada, reverse("codebook:projects"), js=js)
    window.get_by_role("link", name="Bring in a project of another program").click()
    sent(window)
    work()
    window.reload()
    assert "1 code, 1 text, 1 passage" in said(window)
    window.get_by_label("Rosa Yarrow (1 passage)").focus()
    window.keyboard.press("Space")
    with window.expect_navigation():
        window.get_by_role("button", name="Bring it in").press("Enter")
    work()
    window.reload()
    with window.expect_navigation():
        window.get_by_role("link", name="Open the project").press("Enter")
    project = Project.objects.get()
    window.get_by_role("link", name="Take the project to another program").click()
    window.get_by_label("Name the coders").focus()
    window.keyboard.press("Space")
    with window.expect_download() as found:
        window.get_by_role("button", name="Download the project").press("Enter")
    assert found.value.suggested_filename == "p.qdpx"
    assert project.trail.filter(did="project taken out", about={"names": True}).exists()


def test_each_page_of_interchange_is_right_by_axe_and_needs_no_sideways_scrolling(sit, looked):
    ada = someone(roles.RESEARCHER, "Ada Brook")
    window = sit(ada, reverse(BRING))
    looked(window, "bring-in")
    sent(window)
    looked(window, "waiting")
    work()
    window.reload()
    looked(window, "looked-into")
    bringing.choose(ada.user, "")
    work()
    window.reload()
    looked(window, "brought")
    base = window.url.split("/coding/")[0]
    project = Project.objects.get()
    for name in ("take_out", "codebook_in"):
        window.goto(base + reverse(f"codebook:{name}", args=[project.id]))
        looked(window, name)
    bringing.leave(ada.user)
    bringing.send(ada.user, "broken.qdpx", b"hello")
    work()
    window.goto(base + reverse(BRING))
    looked(window, "failed")
