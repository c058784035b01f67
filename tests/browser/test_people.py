"""Signing up, signing in and looking after staff, in a real browser.

Set FIRSTHAND_SCREENSHOTS to a directory to have each page photographed there.
"""

import os
import re

import pytest

from firsthand.people import actions, rules
from firsthand.vault import keyrings
from tests.people import kit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = [375, 1280]


def press(page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()


def heading(page) -> str:
    return str(page.locator("h1").inner_text())


def sign_up(page) -> str:
    """Make a sign-in on its page; return the recovery key as it is shown."""
    page.get_by_label("Sign-in name").fill("quiet fox")
    page.get_by_label("New passphrase").fill(kit.PASSPHRASE)
    page.get_by_label("The same passphrase again").fill(kit.PASSPHRASE)
    press(page, "Make my sign-in")
    return "-".join(page.locator(".receipt__words li").all_inner_texts())


def sign_in(page, someone: kit.Someone) -> None:
    page.get_by_label("Your sign-in name").fill(someone.sign_in_name)
    page.get_by_label("Your passphrase").fill(someone.passphrase)
    press(page, "Sign in")
    if someone.secret:
        page.get_by_label("The code from your app").fill(someone.code())
        press(page, "Continue")


@pytest.mark.parametrize("js", [True, False], ids=["script", "no script"])
def test_a_person_signs_up_keeps_the_key_and_comes_back(open_page, fits, js):
    page = open_page("/sign-up/", width=320, js=js)
    fits(page)
    printed = sign_up(page)
    fits(page)
    page.get_by_label("Type the last 5 characters").fill(printed[-6:])
    press(page, "I have kept it")
    page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/", 3)[2] + "/sign-out/")
    press(page, "Sign out")
    page.goto(page.url.rstrip("/") + "/sign-in/")
    sign_in(page, kit.Someone(None, None, "quiet fox", kit.PASSPHRASE, ""))
    assert "/sign-in/" not in page.url
    assert not page.get_by_text("do not go together").count()


def test_what_is_typed_as_passphrase_can_be_shown_and_is_hidden_again(open_page):
    page = open_page("/sign-in/")
    box = page.get_by_label("Your passphrase")
    box.fill("secret words here")
    press(page, "Show what you typed")
    assert box.get_attribute("type") == "text"
    press(page, "Hide what you typed")
    assert box.get_attribute("type") == "password"


def test_a_newcomer_comes_in_sets_up_an_app_and_reaches_the_stewards_page(open_page, live_server):
    link = actions.add_steward()
    page = open_page("/" + link.split("/", 3)[3])
    page.get_by_label("Your name, as people will see it").fill("Sam Steward")
    page.get_by_label("Your work e-mail address").fill("sam@example.org")
    sign_up(page)
    page.get_by_role("link", name="Go on without it").click()
    press(page, "Go on without it")
    assert heading(page) == "The second step of signing in"
    page.get_by_role("link", name="Set up an app").click()
    secret = page.locator("strong.words").inner_text().replace(" ", "")
    page.get_by_label("The code your app shows now").fill(kit.code_of(secret))
    press(page, "Continue")
    assert heading(page) == "Your spare codes"
    page.get_by_role("link", name="I have kept them. Go on").click()
    assert heading(page) == "Look after this site"


def test_a_passkey_is_set_up_and_used(open_page):
    someone = kit.person()
    page = open_page("/sign-in/")
    chip = page.context.new_cdp_session(page)
    chip.send("WebAuthn.enable")
    chip.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
                "hasResidentKey": True,
            }
        },
    )
    sign_in(page, someone)
    page.goto(re.sub(r"(https?://[^/]+).*", r"\1/you/second-step/passkeys/add/", page.url))
    press(page, "Set it up")
    page.wait_for_url("**/codes/")
    page.goto(re.sub(r"(https?://[^/]+).*", r"\1/sign-out/", page.url))
    press(page, "Sign out")
    page.goto(re.sub(r"(https?://[^/]+).*", r"\1/sign-in/", page.url))
    sign_in(page, someone)
    assert heading(page) == "The second step"
    press(page, "Use your passkey")
    page.wait_for_url(lambda at: "sign-in" not in at)


PAGES_OF_NOBODY = ["/sign-in/", "/sign-up/", "/lost/", "/lost/second-step/", "/invitation/"]
PAGES_OF_A_PERSON = [
    "/you/sign-in/",
    "/you/passphrase/",
    "/you/second-step/",
    "/you/second-step/app/",
    "/you/second-step/passkeys/add/",
    "/sign-out/",
]
PAGES_OF_A_MEMBER = [
    "/teams/",
    "/teams/{team}/",
    "/teams/{team}/leave/",
    "/you/second-step/codes/",
    "/you/second-step/codes/new/",
    "/you/second-step/app/remove/",
    "/you/second-step/passkeys/",
]
PAGES_OF_A_STEWARD = [
    "/steward/",
    "/steward/organisations/",
    "/steward/organisations/add/",
    "/steward/organisations/{organisation}/",
    "/steward/organisations/{organisation}/edit/",
    "/steward/organisations/{organisation}/teams/add/",
    "/steward/teams/{team}/",
    "/steward/teams/{team}/edit/",
    "/steward/staff/",
    "/steward/staff/{ada}/",
    "/steward/invitations/",
    "/steward/invitations/new/",
]


def sound(page, axe, fits) -> None:
    """Check a page, and photograph it where that is wanted."""
    axe(page)
    fits(page)
    if place := os.environ.get("FIRSTHAND_SCREENSHOTS"):
        bare = re.sub(r"[0-9a-f-]{36}/", "", page.url.split("/", 3)[3].strip("/") + "/")
        name = "people-" + bare.strip("/").replace("/", "-")
        width = page.viewport_size["width"]
        page.screenshot(path=f"{place}/{name}-{width}.png", full_page=True)


def look_at(page, paths: list[str], axe, fits, **ids: object) -> None:
    site = re.match(r"https?://[^/]+", page.url)[0]
    for path in paths:
        page.goto(site + path.format(**ids))
        sound(page, axe, fits)


@pytest.mark.parametrize("width", SIZES)
def test_the_pages_before_signing_in_are_sound(open_page, axe, fits, width):
    look_at(open_page("/sign-in/", width=width), PAGES_OF_NOBODY, axe, fits)


@pytest.mark.parametrize("width", SIZES)
def test_a_persons_pages_are_sound(open_page, axe, fits, width):
    page = open_page("/sign-up/", width=width)
    press(page, "Make my sign-in")  # what goes wrong
    axe(page)
    assert page.title().startswith("Error: ")
    sign_up(page)
    sound(page, axe, fits)
    page.get_by_role("link", name="Go on without it").click()
    sound(page, axe, fits)
    press(page, "Go on without it")
    look_at(page, PAGES_OF_A_PERSON, axe, fits)


@pytest.mark.parametrize("width", SIZES)
def test_a_members_pages_are_sound(open_page, axe, fits, width):
    team = kit.team()
    ada, bo = kit.staff(team=team), kit.staff(name="Bo Field", team=team)
    kit.staff(name="Cy Marsh", team=team, second_step=False)
    page = open_page("/sign-in/", width=width)
    sign_in(page, ada)
    look_at(page, PAGES_OF_A_MEMBER, axe, fits, team=team.id)
    page.goto(re.sub(r"(https?://[^/]+).*", rf"\1/teams/{team.id}/", page.url))
    press(page, "Let in Bo Field")
    assert "can now read" in page.locator(".flash").inner_text()
    assert keyrings.through([bo.keys])


@pytest.mark.parametrize("width", SIZES)
def test_a_stewards_pages_are_sound(open_page, axe, fits, width):
    team = kit.team()
    ada = kit.staff(team=team)
    sam = kit.staff(rules.STEWARD, name="Sam Steward")
    actions.invite(sam.user, rules.RESEARCHER)
    page = open_page("/sign-in/", width=width)
    sign_in(page, sam)
    ids = {"team": team.id, "organisation": team.organisation_id, "ada": ada.user.id}
    look_at(page, PAGES_OF_A_STEWARD, axe, fits, **ids)
    page.goto(re.sub(r"(https?://[^/]+).*", rf"\1/steward/teams/{team.id}/", page.url))
    press(page, "Make an invitation")
    sound(page, axe, fits)


@pytest.mark.parametrize("width", SIZES)
def test_the_closed_page_and_the_second_step_are_sound(open_page, axe, fits, width):
    someone = kit.person()
    kit.give_second_step(someone)
    someone.user.set_password(kit.OTHER)
    someone.user.save()
    someone.passphrase = kit.OTHER
    page = open_page("/sign-in/", width=width)
    page.get_by_label("Your sign-in name").fill(someone.sign_in_name)
    page.get_by_label("Your passphrase").fill(someone.passphrase)
    press(page, "Sign in")
    sound(page, axe, fits)
    page.get_by_label("The code from your app").fill(someone.code())
    press(page, "Continue")
    assert "your words are closed" in heading(page)
    sound(page, axe, fits)
