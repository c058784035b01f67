"""Coding in a real browser: by keys, by mouse, and without scripts; apart, then side by side."""

import pytest
from django.urls import reverse

from firsthand.codebook import rules
from firsthand.codebook.actions import codes, projects, sources
from firsthand.codebook.models import Code, Passage
from firsthand.people import rules as roles
from tests.browser.conftest import photograph
from tests.browser.test_review_journey import said
from tests.browser.test_review_journey import sit as sit
from tests.codebook import kit
from tests.repair.conftest import someone

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def begun():
    """Two coders with a letter of four sentences and two codes."""
    people = [someone(roles.RESEARCHER, name) for name in ("Ada Brook", "Ben Fell")]
    ada = projects.make(people[0].user, kit.WANTED)
    projects.add_coder(ada, people[1].user, rules.CODER)
    text = "\r\n\r\n".join(kit.PLAIN.split("\n\n"))  # as a file from another system has it
    letter = sources.add(ada, kind=rules.DOCUMENT, title="A letter (made up)", text=text)
    harm = codes.add(ada, "Not asked", definition="Decided without them.")
    codes.add(ada, "Like a thing", parent=harm, examples=["I felt like a number."])
    return people, ada, letter


def at(name, coder, *more):
    return reverse(f"codebook:{name}", args=[coder.project_id, *more])


def quotes():
    return list(Passage.objects.filter(removed_on=None).values_list("quote", flat=True))


def pressed(window, *keys):
    """Press keys; the last leads to a page."""
    for each in keys[:-1]:
        window.keyboard.press(each)
    with window.expect_navigation():
        window.keyboard.press(keys[-1])


def test_words_are_coded_by_keys_and_by_mouse_with_exact_places(sit, axe, fits):
    people, ada, letter = begun()
    window = sit(people[0], at("source", ada, letter.id))
    pressed(window, "t", "1")  # the first sentence, with the first code
    assert quotes() == ["Nobody asked me."]
    assert "(passage 1: Not asked)" in said(window)
    # Behind a flag of two code points: single words of the last sentence, then one more.
    window.locator("#s4").focus()
    pressed(window, *["ArrowUp", "ArrowDown"], *["ArrowRight"] * 3, "Shift+ArrowRight", "2")
    assert quotes()[1] == "cafe\N{COMBINING ACUTE ACCENT} closed."
    row = Passage.objects.order_by("-start").first()
    assert letter.text[row.start : row.end] == row.quote
    # Two sentences at once, over what is coded already.
    window.locator("#s1").focus()
    pressed(window, "ArrowDown", "ArrowUp", "Shift+ArrowDown", "2")
    assert "Nobody asked me. They decided in a meeting, and I was told later." in quotes()
    # By mouse, across the line ends of another system.
    window.evaluate(
        """() => {
          const spot = (unit, words) => {
            const walk = document.createTreeWalker(document.querySelector(unit), 4)
            while (walk.nextNode()) {
              const at = walk.currentNode.data.indexOf(words)
              if (at >= 0) return [walk.currentNode, at]
            }
          }
          const [one, from] = spot('#s2', 'told later')
          const [other, to] = spot('#s3', 'like a')
          document.activeElement.blur()
          getSelection().setBaseAndExtent(one, from, other, to + 6)
        }"""
    )
    window.wait_for_function("document.querySelector('#id_start').value !== ''")
    window.get_by_label("Like a thing").check()
    with window.expect_navigation():
        window.get_by_role("button", name="Code", exact=True).click()
    assert "told later.\r\n\r\nI felt like a" in quotes()
    # In vivo, and taken back.
    window.locator("#s3").focus()
    pressed(window, "ArrowUp", "ArrowDown", "v")
    assert Code.objects.filter(name__startswith="I felt like a file").exists()
    pressed(window, "u")
    assert "This passage is taken off" in said(window)
    with window.expect_navigation():
        window.get_by_role("button", name="Undo: put it back").click()
    window.goto(window.url.split("/passages/")[0] + f"/sources/{letter.id}/")
    axe(window)
    photograph(window, "coding", 1280)
    window.set_viewport_size({"width": 375, "height": 800})
    fits(window)
    axe(window)
    photograph(window, "coding", 375)


def test_without_scripts_a_source_is_coded_apart_and_then_seen_side_by_side(sit, live_server, fits):
    people, ada, letter = begun()
    here = live_server.url + at("source", ada, letter.id)
    window = sit(people[0], at("source", ada, letter.id), js=False)
    window.get_by_label("From sentence").fill("1")
    window.get_by_label("To sentence").fill("2")
    window.get_by_label("Not asked").check()
    window.get_by_role("button", name="Code", exact=True).click()
    assert "Coded: Not asked." in said(window)
    window.get_by_label("Or only these words").fill("like a file")
    window.get_by_role("button", name="What might fit?").click()
    assert "What might fit these words" in said(window)
    window.get_by_label("Like a thing").check()
    window.get_by_role("button", name="Code", exact=True).click()
    assert "like a file" in quotes()
    window.get_by_role("button", name="I am finished").click()
    other = sit(people[1], at("source", ada, letter.id), js=False, width=320)
    assert "Nothing is coded on this page yet" in said(other)
    fits(other)
    other.get_by_label("From sentence").fill("1")
    other.get_by_label("Like a thing").check()
    other.get_by_role("button", name="Code", exact=True).click()
    assert "Ada" not in other.locator("#text").inner_text()
    other.get_by_role("button", name="I am finished").click()
    assert "You see what Ada Brook coded too" in said(other)
    window.goto(here)
    assert "Ben Fell: Like a thing" in said(window)


def test_the_pages_around_coding_are_sound_at_both_widths(sit, live_server, axe, fits):
    people, ada, letter = begun()
    window = sit(people[0], at("project", ada))
    code = Code.objects.first()
    pages = [
        at("project", ada), at("sources", ada), at("source_add", ada), at("codes", ada),
        at("code", ada, code.id), at("code_merge", ada, code.id), at("code_split", ada, code.id),
        at("changes", ada), at("coders", ada), at("find", ada, letter.id) + "?words=me",
        reverse("codebook:projects"), reverse("codebook:new"),
    ]  # fmt: skip
    for page in pages:
        for width in (1280, 375):
            window.set_viewport_size({"width": width, "height": 800})
            window.goto(live_server.url + page)
            fits(window)
        axe(window)
    for name in ("project", "codes", "code", "sources"):
        more = [code.id] if name == "code" else []
        window.set_viewport_size({"width": 375, "height": 800})
        window.goto(live_server.url + at(name, ada, *more))
        photograph(window, f"codebook-{name}", 375)
        window.set_viewport_size({"width": 1280, "height": 800})
        photograph(window, f"codebook-{name}", 1280)
