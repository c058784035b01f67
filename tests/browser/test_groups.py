"""A group in a real browser: made, joined by a code, met, commented on, answered, and left.

Set FIRSTHAND_SCREENSHOTS to a directory to have each page photographed there.
"""

import re

import pytest
from django.urls import reverse

from firsthand.consultation import rules
from firsthand.consultation.actions import commenting, groups, inviting, meetings, taking_part
from firsthand.consultation.models import Comment, Group, Turn
from firsthand.people import rules as roles
from tests.browser.test_review_journey import photograph, said
from tests.browser.test_review_journey import sit as sit
from tests.browser.walk import press
from tests.consultation.group_kit import World, draft
from tests.repair.conftest import someone

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def at(name: str, *more: object) -> str:
    return reverse(f"consultation:{name}", args=more)


def make_group(window, url: str) -> Group:
    """By keys: a group, its sheet, one invitation; return the group."""
    window.goto(url + at("groups"))
    window.get_by_role("link", name="Make a group").click()
    window.get_by_label("Advisory group").check()
    window.get_by_label("Its name").fill("Lantern group")
    press(window, "Make the group")
    assert "Say what the group is for" in said(window)
    window.get_by_label("What is it for?").fill("To read the draft")
    window.get_by_label("Which draft").select_option(label="The next version (a draft)")
    window.get_by_label("What is offered").fill("£25 a meeting")
    press(window, "Make the group")
    window.get_by_label("Information sheet", exact=True).fill("You can stop at any time.")
    press(window, "Save as version 1")
    assert "Now you can invite people" in window.locator("body").inner_text()
    return Group.objects.get()


def invite(window, url: str, group: Group) -> str:
    window.goto(url + at("group_invitations", group.id))
    window.get_by_label("What do you want to say").fill("Come and read with us. Sam")
    window.get_by_label("How many codes").fill("1")
    press(window, "Invite")
    code = window.locator(".codes strong").inner_text()
    press(window, "I have written them down")
    return code


def join(window, url: str, code: str, group: Group) -> None:
    """By keys alone from the code on: a mistyped one, the right one, yes, words, consent, name."""
    box = window.get_by_label("The five words of your invitation")
    box.fill(code.rsplit(" ", 1)[0])
    with window.expect_navigation():
        box.press("Enter")
    assert "A code has five words. This has 4." in said(window)
    box.fill(code.upper())
    with window.expect_navigation():
        box.press("Enter")
    assert "You can stop at any time." in said(window)
    window.get_by_label("Yes, I would like").press("Space")
    press(window, "Send my answer")
    nine = " ".join(window.locator(".receipt__words li").all_inner_texts())
    window.get_by_label("Your nine words").fill(nine)
    press(window, "Check my words")
    for use in (rules.PART, rules.NOTES, rules.CODING):
        window.get_by_label(rules.USES[use]).check()
    press(window, "Save what I agree to")
    window.get_by_label("What shall we call you").fill("River")
    press(window, "Save")
    window.get_by_role("link", name="What I need to take part").click()
    window.get_by_label("What do you need").fill("A break every half hour")
    press(window, "Save")


@pytest.mark.parametrize("js", [True, False], ids=["scripts", "no scripts"])
def test_from_an_invitation_to_an_answer_and_out_again(sit, open_page, live_server, js):
    url = live_server.url
    draft()
    ada = sit(someone(roles.COORDINATOR, "Ada Brook"), at("groups"), js=js)
    group = make_group(ada, url)
    code = invite(ada, url, group)
    river = open_page(at("group_code"), width=375, js=js)
    join(river, url, code, group)
    # A meeting is set; River says they come, and Ada writes down what was said.
    ada.goto(url + at("group_meeting_new", group.id))
    ada.get_by_label("What is the meeting called?").fill("First meeting")
    ada.get_by_label("On which day?").fill("27/3/2999")
    ada.get_by_label("At what time?").fill("14:30")
    ada.get_by_label("By video").check()
    press(ada, "Set the meeting")
    river.goto(url + at("own_group", group.id))
    river.get_by_role("link", name="First meeting").click()
    river.get_by_label("I will come").check()
    press(river, "Save")
    assert "I will come" in said(river)
    ada.reload()
    assert "Comes" in said(ada)
    ada.get_by_role("link", name="Write notes").click()
    ada.get_by_label("Notes", exact=True).check()
    ada.get_by_label("What was said").fill("River: I waited a year\nFacilitator: And then?")
    press(ada, "Save the notes")
    assert "River: I waited a year" in said(ada)
    ada.goto(url + at("group", group.id))
    ada.get_by_role("link", name="River").click()
    press(ada, "Open it")
    assert "A break every half hour" in said(ada)
    # River comments, Ada answers, River reads it and leaves.
    river.goto(url + at("own_draft", group.id))
    river.get_by_role("link", name="S1 Not being believed").click()
    river.get_by_label("Change something").check()
    river.get_by_label("Why?").fill("Say: they did not believe me.")
    press(river, "Send my comment")
    assert "Yours" in said(river)
    ada.goto(url + at("group_comments", group.id) + "?state=open")
    ada.get_by_role("link", name=re.compile("Answer to comment 1")).click()
    ada.get_by_label("Adapted").check()
    ada.get_by_label("Why?").fill("It is in your words now.")
    press(ada, "Send the answer")
    assert "1 of 1 comment answered" in said(ada)
    river.get_by_role("link", name="S1 Not being believed").click()
    assert "It is in your words now." in said(river)
    river.goto(url + at("own_group", group.id))
    river.get_by_role("link", name="Leave the group").click()
    river.get_by_label("Take out what I said").check()
    press(river, "Leave the group")
    assert "You have left the group" in river.locator("body").inner_text()
    river.goto(url + at("own_group", group.id))
    assert "nothing here that we can show you" in said(river)
    assert "waited" not in str([*Turn.objects.values(), *Comment.objects.values()])


def filled(world: World) -> dict[str, object]:
    """A group in which every page has something to show; returns what addresses name."""
    river, bo = world.join("River"), world.join("Bo", (rules.PART, rules.NOTES))
    taking_part.say_needs(river.doer, river.row, "A break every half hour")
    taking_part.say_pay(river.row, rules.ACCEPTED)
    asked, _ = world.invite()
    inviting.ask(asked, "Is there a lift?")
    meeting, over = world.meet(), world.meet(days=-2, title="What we heard")
    meetings.write_notes(world.runs, over, "notes", "River: I waited a year\nBo: So did I")
    meetings.note_who(world.runs, over, {river.member.id}, {river.member.id})
    one = commenting.say(river.row, "S1", rules.CHANGE, "Say: they did not believe me.", "1")
    commenting.say(bo.row, "S1", rules.AGREE, "", "1")
    commenting.say(bo.row, "", rules.MISSING, "Being passed from team to team.", "2")
    commenting.answer(world.runs, one, rules.NOT_TAKEN, "Others read it another way.", 0)
    commenting.answer(world.runs, one, rules.ADAPTED, "It is in your words now.", 1)
    groups.change(world.runs, {"after": "Sam, until Friday"})
    return {"river": river, "asked": asked, "meeting": meeting, "over": over, "one": one}


@pytest.mark.parametrize("width", [375, 1280])
def test_each_page_of_groups_is_right_by_axe_and_needs_no_sideways_scrolling(
    sit, open_page, live_server, axe, fits, width
):
    world = World.made(version=draft())
    has = filled(world)
    group, river, url = world.group.id, has["river"], live_server.url
    ada = sit(world.people["Ada"], at("groups"), width=width)
    member = open_page(at("group_code"), width=width)
    secret = river.browser.cookies["sitting"].value
    wrong = []

    def look(window, name: str, path: str) -> None:
        window.goto(url + path)
        for part in window.locator("main details").all():
            part.evaluate("one => { one.open = true }")
        photograph(window, f"group-{name}", width)
        if width == 375:
            axe_and_fits(window, name)
            window.set_viewport_size({"width": 320, "height": 900})
        axe_and_fits(window, name)
        window.set_viewport_size({"width": width, "height": 900})

    def axe_and_fits(window, name: str) -> None:
        for check in (axe, fits):
            try:
                check(window)
            except AssertionError as found:
                wrong.append(f"{name}: {found}")

    for name, path in (
        ("list", at("groups")), ("new", at("group_new")), ("one", at("group", group)),
        ("sheet", at("group_sheet", group)), ("people", at("group_people", group)),
        ("invitations", at("group_invitations", group)),
        ("invitation", at("group_invitation", group, has["asked"].id)),
        ("member", at("group_member", group, river.member.id) + "?needs=1"),
        ("meeting-new", at("group_meeting_new", group)),
        ("meeting", at("group_meeting", group, has["over"].id)),
        ("notes", at("group_notes", group, has["over"].id)),
        ("coding", at("group_notes_coding", group, has["over"].id)),
        ("comments", at("group_comments", group)),
        ("comment", at("group_comment", group, has["one"].id)),
        ("history", at("group_history", group)),
    ):  # fmt: skip
        look(ada, name, path)
    ada.goto(url + at("group_invitations", group))
    ada.get_by_label("What do you want to say").fill("Come and read with us. Sam")
    ada.get_by_label("How many codes").fill("2")
    press(ada, "Invite")
    look(ada, "codes", at("group_codes", group))
    code = ada.locator(".codes strong").first.inner_text()
    look(member, "code", at("group_code"))
    member.get_by_label("The five words of your invitation").fill(code)
    press(member, "Continue")
    look(member, "invited", at("group_invited"))
    member.context.add_cookies([{"name": "sitting", "value": secret, "url": url}])
    for name, path in (
        ("own-list", at("own_groups")), ("own", at("own_group", group)),
        ("own-words", at("own_words", group)), ("own-agree", at("own_agree", group)),
        ("own-name", at("own_name", group)), ("own-needs", at("own_needs", group)),
        ("own-pay", at("own_pay", group)),
        ("own-meeting", at("own_meeting", group, has["meeting"].id)),
        ("own-meeting-over", at("own_meeting", group, has["over"].id)),
        ("own-draft", at("own_draft", group)), ("own-whole", at("own_whole", group)),
        ("own-entry", at("own_entry", group, "S1")), ("own-leave", at("own_leave", group)),
    ):  # fmt: skip
        look(member, name, path)
    assert not wrong, "\n".join(wrong)
