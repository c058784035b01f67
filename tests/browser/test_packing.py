"""The package of a large review, made in the background, in a browser, also without scripts."""

import zipfile

import pytest

from firsthand.evidence import rules
from firsthand.evidence.actions import packing
from firsthand.evidence.models import Packing
from tests.browser.test_report import begun
from tests.browser.test_review_journey import at, said
from tests.browser.test_review_journey import sit as sit
from tests.browser.walk import press
from tests.evidence import kit

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("js", [True, False], ids=["scripts", "no scripts"])
def test_a_package_is_asked_for_waited_for_and_downloaded(sit, js, looked, tmp_path, monkeypatch):
    monkeypatch.setattr(rules, "MADE_AT_ONCE", 1)
    person, review = begun()
    window = sit(person, at("package", review), js=js)
    press(window, "Make the file")
    assert "The file is being made." in said(window)
    Packing.objects.update(done=12)
    if js:
        window.reload()
        _look_no_more(window, True)
        looked(window, "package-being-made")
        _look_no_more(window, False)
    row = Packing.objects.get()
    packing.make.call(str(row.id))
    if js:
        window.get_by_text("A file is ready").wait_for()  # the page looks again by itself
    else:
        with window.expect_navigation():
            window.get_by_role("link", name="Look again").click()
    with window.expect_download() as sent:
        window.get_by_role("link", name="Download the review").click()
    sent.value.save_as(tmp_path / "review.zip")
    assert zipfile.ZipFile(tmp_path / "review.zip").testzip() is None
    kit.decide(kit.imported(row.by, 1)[0], (row.by, rules.INCLUDE))
    window.goto(window.url)
    assert "The review has changed since." in said(window)
    if js:
        looked(window, "package-changed-since")


def _look_no_more(window, still):
    """Keep the page from looking again while it is looked at, as a tab in the background does."""
    hidden = f"{{value: {str(still).lower()}, configurable: true}}"
    window.evaluate(f"() => {{ Object.defineProperty(document, 'hidden', {hidden}) }}")
