"""What the first page weighs. The served total is measured by bench/page_weight.py."""

import brotli
import pytest
from django.contrib.staticfiles import finders

FILES = ["web/built/site.css", "web/built/site.js", "web/icon.svg"]
LIMITS = {"web/built/site.css": 14_000, "web/built/site.js": 8_000, "web/built/bench.css": 4_000}


def weight(name: str) -> int:
    found = finders.find(name)
    if not found:
        pytest.skip("the styles are not built: make assets")
    with open(found, "rb") as file:  # noqa: PTH123
        return len(brotli.compress(file.read()))


@pytest.mark.parametrize("name", LIMITS)
def test_styles_and_script_stay_small(name):
    assert weight(name) <= LIMITS[name]


def test_the_first_page_is_at_most_60_kilobytes(shell, client):
    page = len(client.get("/").content)  # the page itself even uncompressed
    assert page + sum(weight(name) for name in FILES) <= 60_000
