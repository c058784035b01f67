"""A refusal is said on the page that was typed on: nothing of it is lost."""

import pytest

from firsthand.codebook import settling
from firsthand.codebook.actions import codes
from firsthand.codebook.models import Code, Passage, Working
from tests.codebook.test_double import World, both_finished

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]
_LOOK = {"colour": "#0072b2", "pattern": "solid"}


@pytest.fixture
def world():
    return World()


def test_a_name_that_is_taken_costs_nothing_that_was_written_of_a_code(world):
    made = world.made
    said = {"name": "Harm", "definition": "Long thought about.", "examples": "One\nTwo", **_LOOK}
    shown = world.post("Ada", "code_add", status=409, **said)
    assert "in that place already" in shown
    assert "Long thought about." in shown
    row = made.codes["Feeling"]
    shown = world.post("Ada", "code", row.id, status=409, **said)
    assert "Long thought about." in shown
    assert Code.objects.get(id=row.id).definition == ""
    passage = made.code(made.ada, "Nobody asked me", "Feeling")
    codes.add(made.ada, "Anger", parent=row)
    chosen = {f"part-{passage.id}": "2", "shared": "1"}
    shown = world.post("Ada", "code_split", row.id, status=409, parts="Fear\nAnger", **chosen)
    assert "Fear" in shown
    assert "Anger" in shown
    assert f'value="2" id="part-{passage.id}-2" checked' in shown
    assert not Code.objects.filter(name="Fear").exists()


def test_a_reason_a_memo_and_chosen_words_stay_when_the_work_is_refused(world):
    made = world.made
    place = both_finished(made)["Looked past"]
    where = (made.plain.id, place.code.id, place.passages[0].id)
    shown = world.post("Ada", "settle", *where, choice="all", reason="Thought of", status=409)
    assert "Thought of" in shown
    assert settling.place(made.plain, place.code, [place.passages[0].id]).is_open
    row = Passage.objects.filter(coder=made.ada).first()
    shown = world.post("Ada", "passage", row.id, memo="Of a passage", status=409)
    assert "Of a passage</textarea>" in shown
    shown = world.post("Ada", "memo", made.plain.id, memo="Of a source", status=409)
    assert "Of a source</textarea>" in shown
    code = str(made.codes["Harm"].id)
    sent = {"first": "2", "last": "3", "codes": [code], "memo": "Of words"}
    shown = world.post("Ada", "source", made.plain.id, status=409, **sent)
    assert "Of words" in shown
    assert "Open it again to go on coding." in shown
    assert not Working.objects.get(source=made.plain, coder=made.ada).memo
