"""Someone who is telling goes on with the version of the model that they were shown."""

import re

import pytest

from firsthand.harms.actions import publishing
from firsthand.people import rules as roles
from firsthand.testimony.models import Tally
from tests.harms import drafting_kit as kit
from tests.testimony.test_owning import keep, page
from tests.testimony.test_tallies import wish
from tests.testimony.test_telling import tell

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]


def _pick(client, row, **more):
    given = {"codes": ["I10"], "offered": "I10", **more}
    assert client.post(page("fits", row), given).status_code == 302


@pytest.mark.parametrize("sent", ["2022", "\x00", "1999"])
def test_a_switch_between_the_page_and_its_answer_changes_no_link(client, sent):
    kit.published()
    row = tell(client)
    shown = client.get(page("fits", row)).content.decode()
    assert re.search(r'name="version" value="([^"]+)"', shown)[1] == "2022"
    assert "/model/2022/" in shown
    publishing.use(kit.user("Cai", roles.STEWARD), "2027")
    _pick(client, row, version=sent)
    wish(client, row, "count")
    keep(client, row)
    counted_by = "2022" if sent == "2022" else "2027"  # what no page sent is never believed
    assert set(Tally.objects.values_list("model_version", flat=True)) == {counted_by}
