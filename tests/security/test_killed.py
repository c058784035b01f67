"""The process killed between any two writes: all of a step is there afterwards, or none of it.

See `killing`, which does the killing on a real SQLite file.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.config.site import Site

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
STEPS = ("tell", "finish", "add a file", "stop sharing", "choose others", "withdraw")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    if os.environ.get("DATABASE_URL"):
        pytest.skip("this one is about the file that SQLite keeps")
    site = Site(tmp_path_factory.mktemp("killed") / "data")
    done = subprocess.run(
        [sys.executable, "-m", "tests.security.killing"], cwd=ROOT, capture_output=True, text=True,
        check=False, env=site.unwatched(PYTHONPATH=str(ROOT)),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    return {row["step"]: row for row in rows}


@pytest.mark.parametrize("step", STEPS)
def test_whatever_write_it_died_before_nothing_is_half_done(told, step):
    row = told[step]
    assert len(row["cut"]) >= 4, "a step of so few writes proves nothing"
    for seen in (row["before"], *row["cut"]):
        assert seen["wrong"] == []
        assert seen in (row["before"], row["whole"])


@pytest.mark.parametrize("step", STEPS)
def test_the_same_step_taken_again_ends_as_if_nothing_had_happened(told, step):
    row = told[step]
    assert len(row["again"]) == len(row["cut"])
    for seen in row["again"]:
        assert seen["wrong"] == []
        assert seen == row["whole"]
