"""From real texts to a published second version: coding by three, agreement, survey, comments.

The documents are not part of the project: where they are not there, what the review of 2023 found
is coded alone, which the project has in its own words.
"""

import os
from pathlib import Path

import pytest
from django.test import Client

from firsthand.codebook import agreeing, settling, theming
from firsthand.codebook.models import Coder, Passage, Source
from firsthand.config.demo import synthesis
from firsthand.config.demo.people import Someone
from firsthand.config.demo.synthesis import asking, texts
from firsthand.config.demo.synthesis.texts import Text
from firsthand.consultation.models import Answer, Comment
from firsthand.harms import actions as models
from firsthand.harms import queries
from firsthand.harms.models import Entry, Ground, ModelVersion, VersionMap
from firsthand.people import rules as roles
from tests.repair.conftest import someone

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.urls("firsthand.config.urls")]


def documents() -> list[Text]:
    """Return the seed documents as texts, where a developer has them."""
    place = Path(os.environ.get("FIRSTHAND_SHARED", Path(__file__).parents[3] / "shared")) / "seeds"
    found = sorted(place.glob("*.txt")) if place.is_dir() else []
    return [Text(f"Document {each.name[:3]}", each.read_text("utf-8")) for each in found]


@pytest.fixture
def staff() -> dict[str, Someone]:
    rows = {
        "researcher": (roles.RESEARCHER, "Ada"), "second researcher": (roles.RESEARCHER, "Ben"),
        "coordinator": (roles.COORDINATOR, "Cai"),
    }  # fmt: skip
    made = {name: someone(*row) for name, row in rows.items()}
    return {name: Someone(each.user, each.keys) for name, each in made.items()}


@pytest.fixture
def version(staff, tmp_path) -> ModelVersion:
    models.load_published_models(by="a test")
    ballots = tmp_path / "ballots.csv"
    ballots.write_bytes(asking.simulated(queries.current_version()))
    all_texts = [*texts.findings_2023(), *documents()]
    return synthesis.synthesis(staff, all_texts, ballots.read_bytes(), "2027")


def test_texts_become_a_published_second_version_whose_every_line_opens(version):
    by = Coder.objects.get(role="owner")
    _coded_by_three(by)
    _settled_and_themed(by)
    _asked_and_heard()
    _published(version)
    _opens(version)


def _coded_by_three(by: Coder) -> None:
    sources = Source.objects.filter(project=by.project)
    assert sources.count() == 6 + len(documents())
    assert {each.coder.user.name for each in Passage.objects.all()} == {"Ada", "Ben", "Cai"}
    for each in Passage.objects.select_related("source"):
        assert each.quote == each.source.text[each.start : each.end]
    doubled = settling.doubled(by.project)
    assert len(doubled) == -(-sources.count() * 20 // 100)


def _settled_and_themed(by: Coder) -> None:
    found = [place for each in settling.doubled(by.project)
             for place in settling.compared(each.source)]  # fmt: skip
    assert any(not place.alike for place in found)
    assert all(place.settled for place in found if not place.alike)
    assert agreeing.agreed(by)
    assert theming.themes(by.project).count() == 6
    assert all(where or finding.set_aside for finding, _, where in theming.findings(by.project))


def _asked_and_heard() -> None:
    assert Answer.objects.count() == 100
    assert all(each.simulated for each in Answer.objects.all())
    assert Comment.objects.count() == 4
    assert all(each.replies.exists() for each in Comment.objects.all())


def _published(version: ModelVersion) -> None:
    assert version.published
    old = queries.version("2022")
    assert VersionMap.objects.filter(from_entry__version=old).count() >= old.entries.count()
    assert Entry.objects.filter(version=version).count() == old.entries.count() + 1
    beneath = set(Ground.objects.filter(version=version, code="S1").values_list("kind", flat=True))
    assert {"passage", "finding", "paper", "survey", "comment"} <= beneath


def _opens(version: ModelVersion) -> None:
    """Anyone can open every line and sees what stands beneath, in counts alone."""
    anyone = Client()
    told = []
    for entry in version.entries.all():
        answer = anyone.get(f"/model/{version.slug}/{entry.code}")
        assert answer.status_code == 200, entry.code
        told.append("What stands beneath this line" in answer.content.decode())
    assert all(told)
    page = anyone.get(f"/model/{version.slug}/S1").content.decode()
    for name in ("Ada", "Ben", "Cai", "Lark", "Heron", "Wren"):
        assert f">{name}<" not in page
