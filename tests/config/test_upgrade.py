"""Upgrading marks what is there already, and does not make good what was forged before."""

from pathlib import Path

import pytest

from tests.config import old
from tests.config.site import Site


@pytest.fixture
def before(tmp_path: Path) -> Site:
    return Site(tmp_path / "data")


def test_rows_that_were_here_before_are_marked_as_they_stand(before):
    forged = before.python(old.FILL)
    done = before.firsthand("prepare")
    assert done.returncode == 0, done.stderr
    *changed, team, counts = before.python(old.LOOK).splitlines()
    assert team == (
        "2 [('Ada', True, False, 2, True), ('Bo', False, False, 2, True), "
        "('Cy', False, True, 2, True)]"
    )
    assert counts == "4 2 1 1 1"
    assert [line.partition(" (")[0].split()[0] for line in changed] == ["epoch", "team"]
    assert f"team {forged} (" in changed[1], "an epoch that was forged before is not made good"
