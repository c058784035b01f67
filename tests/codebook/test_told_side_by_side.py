"""What two coded of a person's words is shown only to whoever may read these words today."""

import pytest

from firsthand.access import log
from firsthand.codebook import rules, settling
from firsthand.codebook.actions import double, passages
from firsthand.codebook.models import Settlement
from firsthand.testimony import actions as telling
from tests.codebook.test_told import World
from tests.repair.conftest import WORDS

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]
THOUGHT, WHY = "a thought of mine", "We read it again."


class Coded(World):
    """Ada of the team and Ben, who is not of it any more, coded a testimony and settled it."""

    def __init__(self) -> None:
        super().__init__()
        self.source = self.bring_in()
        start = WORDS.index("bluebell")
        for who, end in ((self.coder, start + 8), (self.other, start + 4)):
            passages.code(who, self.source, start, end, [self.code], opened=WORDS)
            passages.write_source_memo(who, self.source, THOUGHT)
            passages.finish(who, self.source)
        (place,) = settling.compared(self.source)
        self.first = place.passages[0]
        ids = tuple(each.id for each in place.passages)
        said = settling.Wanted(ids, rules.ALL, WHY, together=True)
        self.settled = double.settle(self.coder, self.source, self.code, said)

    def pages(self) -> list[str]:
        of = self.source.id
        return [
            self.at("compare", of), self.at("settle", of, self.code.id, self.first.id),
            self.at("memo", of),
        ]  # fmt: skip

    def check_gone(self, browser) -> None:
        for page in self.pages():
            for answer in (browser.get(page), browser.post(page, {"memo": "Mine"})):
                assert answer.status_code == 404, page
                assert not any(word in answer.content.decode() for word in (THOUGHT, WHY, "Order"))
        assert browser.post(self.at("settle_undo", self.settled.id)).status_code == 404
        assert Settlement.objects.get().undone_at is None


@pytest.fixture
def world() -> Coded:
    return Coded()


def test_whoever_may_read_the_words_sees_both_codings_and_takes_no_file(world):
    shown = [world.browser.get(page).content.decode() for page in world.pages()]
    assert WHY in shown[0]
    assert "<q>bluebell</q>" in shown[0]
    assert "there is no file of it" in shown[0]
    assert "bluebell" in shown[1]
    assert THOUGHT in shown[2]
    assert log.verify(world.row.item_id)[-1].by == world.ada.user
    for name in ("agreed_csv", "agreed_json"):
        assert world.browser.get(world.at(name, world.source.id)).status_code == 404
    sent = {"choice": "neither", "reason": "Anew.", "together": "on"}
    assert world.browser.post(world.pages()[1], sent).status_code == 302
    newest = Settlement.objects.get(undone_at=None)
    assert newest.choice == rules.NEITHER
    assert world.browser.post(world.at("settle_undo", newest.id)).status_code == 302
    assert not Settlement.objects.filter(undone_at=None).exists()


def test_whoever_may_not_read_the_words_sees_no_coding_of_them_and_it_is_in_the_log(world):
    world.check_gone(world.ben.browser())
    line = log.verify(world.row.item_id)[-1]
    assert (line.by, line.refused) == (world.ben.user, True)


@pytest.mark.parametrize("how", ["ends the sharing", "withdraws it"])
def test_codes_reasons_and_memos_are_gone_with_the_words(world, how):
    if how == "withdraws it":
        telling.withdraw(world.person.doer, world.row)
    else:
        telling.stop_sharing(world.person.doer, world.row, world.team)
    world.check_gone(world.browser)


def test_what_was_coded_on_words_that_changed_since_is_not_compared(world):
    telling.save(world.person.doer, world.row, "happened", {"happened": "Something else. Quite."})
    shown = world.browser.get(world.pages()[0]).content.decode()
    assert "Nobody coded anything here" in shown
    assert WHY not in shown
    assert world.browser.get(world.pages()[1]).status_code == 404
