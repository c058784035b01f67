"""The main job, end to end in a real browser: tell, share, be answered, judge, be counted.

Nothing is stubbed: a real database file, real keys, real sign-in with two steps, real pages.
"""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from PIL import Image

from firsthand.harms.actions import load_published_models
from firsthand.people import rules
from firsthand.people.models import Team
from firsthand.repair.models import Promise
from firsthand.testimony.models import Counted, Testimony
from firsthand.testimony.suggesting import make_ready
from tests.people.kit import Someone, organisation, staff

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]

SAID = (
    "They lost my assessment form twice. Nobody rang me back and I had to tell a new worker "
    "everything again. I was so stressed that I could not sleep."
)
PROMISE = "We will send you a copy of your assessment"


@pytest.fixture
def house(settings, live_server) -> dict[str, Someone]:
    """A site with the model of harm, an advocacy team and a council's team."""
    settings.FIRSTHAND_FIGURES_THRESHOLD = 1  # one made-up person is enough to be seen
    settings.FIRSTHAND_EXIT_URL = live_server.url + "/health/"  # there is no internet here
    cache.clear()
    load_published_models()
    make_ready()
    helpers = team(rules.ADVOCACY, "Speaking Up (made up)", "Advocates")
    council = team(rules.COUNCIL, "Riverside Council (made up)", "Adult care")
    return {
        "advocate": staff(rules.ADVOCATE, helpers, "Ada Brook"),
        "responder": staff(rules.RESPONDER, council, "Ray Stone"),
    }


def team(kind: str, body: str, name: str) -> Team:
    return Team.objects.create(organisation=organisation(kind, body), name=name)


@pytest.fixture
def photo(tmp_path):
    path = tmp_path / "letter.jpg"
    exif = Image.Exif()
    exif[0x010F] = "PlantedCameraMaker"
    Image.new("RGB", (80, 60), "teal").save(path, exif=exif)
    return path


def go_on(page):
    page.get_by_role("button", name="Continue", exact=True).click()


def tell(page, live_server, photo) -> str:
    """Tell it all, page by page; return the receipt."""
    page.goto(live_server.url + "/")
    page.get_by_role("link", name="Tell what happened").first.click()
    page.get_by_label("What happened?").fill(SAID)
    go_on(page)
    words = " ".join(page.locator(".receipt__words li").all_inner_texts())
    words = " ".join(re.findall(r"[a-z]+", words))
    page.get_by_role("button", name="Continue").or_(
        page.get_by_role("link", name="Continue")
    ).click()
    page.get_by_label("What did you need instead?").fill("One worker who stays.")
    go_on(page)
    page.get_by_label("Choose files").set_input_files(photo)
    page.get_by_role("button", name="Add these files").click()
    page.get_by_text("letter").first.wait_for()
    go_on(page)
    page.get_by_label("When did it happen?").fill("last spring")
    go_on(page)
    page.get_by_label("Is the service in this list?").select_option(
        label="Riverside Council (made up)"
    )
    page.get_by_label("What kind of service was it?").select_option("social-work")
    go_on(page)
    assert page.locator("input[name=codes]").count() >= 3
    assert page.locator("input[name=codes]:checked").count() == 0
    page.locator("input[name=codes]").nth(0).check()
    page.locator("input[name=codes]").nth(1).check()
    go_on(page)
    for wish in ("Let it be counted", "Put me in touch", "Ask the service"):
        page.get_by_label(re.compile(wish)).check()
    go_on(page)
    page.get_by_label(re.compile("Speaking Up")).check()
    page.get_by_label(re.compile("Riverside")).check()
    go_on(page)
    assert SAID in page.locator("main").inner_text()
    page.get_by_role("button", name="Keep it and share it with them").click()
    page.get_by_label("Your nine words").fill(words)
    page.get_by_role("button", name="Check my words").click()
    page.get_by_role("heading", name="It is kept").wait_for()
    return words


def sign_in(page, live_server, someone: Someone):
    page.goto(live_server.url + "/inbox/")
    page.get_by_label("Sign-in name").fill(someone.sign_in_name)
    page.get_by_label("Passphrase").fill(someone.passphrase)
    page.get_by_role("button", name="Sign in").click()
    page.locator("input[name=code]").fill(someone.code())
    page.locator("main form button").first.click()
    page.locator("input[name=code]").wait_for(state="detached")
    page.goto(live_server.url + "/inbox/")


def open_first(page):
    page.locator("main table a").first.click()
    page.get_by_text(SAID[:40]).first.wait_for()


def answer(page):
    page.get_by_role("link", name=re.compile("[Aa]nswer")).first.click()
    page.locator("[name=heard]").fill("We heard that your form was lost twice.")
    page.locator("[name=responsible]").fill("We lost it. That was our doing.")
    page.locator("[name=needed]").fill("One worker who stays, and your own copy.")
    page.get_by_label("We will").first.fill(PROMISE)
    page.get_by_label("Who will see to it?").first.fill("Ray Stone")
    soon = timezone.localdate() + timedelta(days=14)
    page.get_by_label("By when?").first.fill(f"{soon.day}/{soon.month}/{soon.year}")
    page.get_by_role("button", name="Send answer").click()
    page.locator(".promises").get_by_text(PROMISE).wait_for()


def come_back(page, live_server, words):
    page.goto(live_server.url + "/come-back/")
    page.get_by_label("Your nine words").fill(words.upper())
    go_on(page)
    page.get_by_role("link", name=re.compile("Told on")).click()
    page.get_by_role("link", name="See who has read it").wait_for()


def judge_broken(page):
    page.get_by_role("link", name="Answers and messages").first.click()
    page.locator("main a").filter(has_text=re.compile("Riverside")).first.click()
    page.get_by_text(PROMISE).first.wait_for()
    page.get_by_role("link", name=re.compile("say how", re.I)).first.click()
    page.locator("input[name=verdict][value=broken]").check()
    page.get_by_role("button", name="Save what I say").click()


def figures(page, live_server) -> str:
    page.goto(live_server.url + "/figures/")
    return page.locator("main").inner_text()


@pytest.mark.parametrize("js", [True, False], ids=["with JavaScript", "without JavaScript"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_main_job_from_telling_to_the_public_figure(
    open_page, live_server, house, photo, axe, fits, js, width
):
    person = open_page("/", width=width, js=js)
    before = figures(person, live_server)
    words = tell(person, live_server, photo)
    row = Testimony.objects.get()
    assert (row.stage, Counted.objects.count()) == ("kept", 1)
    person.goto(live_server.url + "/exit")

    for role in ("advocate", "responder"):
        desk = open_page("/", width=1280, js=js)
        sign_in(desk, live_server, house[role])
        open_first(desk)
        assert "letter" in desk.locator("body").inner_text()
    answer(desk)
    assert Promise.objects.get().verdict == "running"

    again = open_page("/", width=width, js=js)
    come_back(again, live_server, words)
    if js:
        axe(again)
    fits(again)
    own = again.url
    again.get_by_role("link", name="See who has read it").click()
    again.wait_for_url("**/who-read/")
    read = again.locator("main").inner_text()
    assert "Ada Brook" in read
    assert "Ray Stone" in read
    again.goto(own)
    judge_broken(again)
    assert Promise.objects.get().verdict == "broken"

    after = figures(again, live_server)
    assert after != before
    again.goto(own)
    again.get_by_role("link", name=re.compile("Stop sharing")).first.click()
    again.get_by_role("button", name="Stop sharing").click()
    again.get_by_role("button", name="Stop sharing").wait_for(state="detached")
    again.goto(live_server.url + "/exit")
    again.goto(own)
    assert SAID not in again.locator("body").inner_text()
