"""The public pages: anyone may see them, and no withheld number is on them anywhere."""

import csv
import html
import re
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from firsthand.config import alarms
from firsthand.methods.quarters import Quarter, quarter_of
from firsthand.testimony.coded import marked
from firsthand.testimony.models import Counted

pytestmark = pytest.mark.django_db
FIGURES = "indicators:figures"
SLUGS = ["quarters", "sources", "impacts", "kinds"]


@pytest.fixture
def last() -> Quarter:
    """The last quarter that is over."""
    return quarter_of(timezone.localdate()).previous


@pytest.fixture
def told(count, last: Quarter) -> date:
    """Sixty-one accounts of the last quarter; three of a kind, seven of an impact, are small."""
    month = last.first_day
    count(41, "S1.3", "S4", "I2", month=month, kind="crisis")
    count(17, "S1.1", "I2", month=month, kind="advice")
    count(3, "S2.1", "I7", month=month, kind="carers")
    return month


def page(client: Client) -> str:
    return client.get(reverse(FIGURES)).content.decode()


def cells(markup: str, slug: str) -> dict[str, list[str]]:
    """The table of a section of the page: row heading to cells."""
    part = markup.split(f'<h2 id="{slug}">')[1].split("</table>")[0].split("<tbody>")[1]
    rows = {}
    for row in part.split("</tr>")[:-1]:
        found = [html.unescape(cell).strip() for cell in re.findall(r"<t[hd][^>]*>([^<]*)<", row)]
        rows[found[0]] = found[1:]
    return rows


def download(client: Client, slug: str) -> tuple[list[str], list[list[str]]]:
    """The notes and the rows of a CSV."""
    sent = client.get(reverse("indicators:table", args=[slug]))
    lines = sent.content.decode("utf-8-sig").splitlines()
    notes = [line for line in lines if line.startswith("#")]
    return notes, list(csv.reader(line for line in lines if not line.startswith("#")))


def charts(client: Client, markup: str) -> list[str]:
    sources = re.findall(r'<img src="([^"]+\.svg)"', markup)
    return [client.get(source).content.decode() for source in sources]


def test_a_stranger_sees_the_figures_and_how_they_are_made(client, told):
    assert client.get(reverse(FIGURES)).status_code == 200
    method = client.get(reverse("indicators:method"))
    assert method.status_code == 200
    assert "not a survey" in method.content.decode()


def test_with_nothing_counted_the_page_says_so(client, db):
    said = page(client)
    assert "There are no figures yet" in said
    assert "<table" not in said
    assert client.get(reverse("indicators:table", args=["kinds"])).status_code == 404
    assert client.get(reverse("indicators:chart", args=["kinds", "0"])).status_code == 404


def test_what_was_told_is_counted_by_source_impact_kind_and_quarter(client, told, model):
    said = page(client)
    labels = {entry.code: entry.label for entry in model.entries.all()}
    assert [row[0] for row in cells(said, "quarters").values()] == ["61"]
    assert cells(said, "sources")[labels["S1"]] == ["58"]
    assert cells(said, "sources")[labels["S4"]] == ["41"]
    assert cells(said, "impacts")[labels["I2"]] == ["58"]
    assert cells(said, "impacts")["All accounts"] == ["61"]
    assert cells(said, "kinds")["Crisis team or crisis house"] == ["41"]


def test_small_counts_and_their_cover_have_the_same_sign(client, told):
    kinds = cells(page(client), "kinds")
    assert kinds["Support for carers"] == ["[c]"]
    assert kinds["Advice, benefits or housing support"] == ["[c]"]
    assert kinds["Care or support at home"] == ["[c]"]
    assert kinds["All accounts"] == ["61"]


def test_page_downloads_and_charts_do_not_change_with_what_is_withheld(client, count, last):
    """Two towns that differ only in withheld counts look the same to the last letter."""
    seen = []
    for small, cover in ((3, 17), (8, 12)):
        Counted.objects.all().delete()
        cache.clear()
        count(41, "S1.3", "I2", month=last.first_day, kind="crisis")
        count(small, "S1.1", "I2", month=last.first_day, kind="carers")
        count(cover, "S1.1", "I2", month=last.first_day, kind="advice")
        markup = page(client)
        tables = [download(client, slug) for slug in SLUGS]
        seen.append((re.sub(r'(nonce|value)="[^"]*"', "", markup), tables, charts(client, markup)))
    assert seen[0] == seen[1]


def test_page_download_and_chart_say_the_same_numbers(client, told):
    markup = page(client)
    drawn = dict(zip(SLUGS, charts(client, markup), strict=True))
    for slug in SLUGS:
        on_page = cells(markup, slug)
        _, (_, *rows) = download(client, slug)
        assert {row[0]: row[2:] for row in rows} == on_page
        texts = re.findall(r"<text[^>]*>([^<]*)<", drawn[slug])
        numbers = sorted(text for text in texts if re.fullmatch(r"[\d,]+|\[c\]", text))
        rows_drawn = (cell[0] for name, cell in on_page.items() if name != "All accounts")
        assert numbers == sorted(rows_drawn)


def test_a_download_carries_how_it_was_made(client, told):
    notes, (head, *_) = download(client, "sources")
    said = " ".join(notes)
    assert "[c] means" in said
    assert "below 10" in said
    assert "Made on" in said
    assert reverse(FIGURES) in said
    assert not any("," in note for note in notes)
    assert head[:2] == ["Source of harm", "Code"]


def test_a_quarter_that_is_still_running_waits(client, told, count):
    count(30, "S3", "I1", month=timezone.localdate().replace(day=1))
    assert [row[0] for row in cells(page(client), "quarters").values()] == ["61"]


def test_a_made_up_town_shows_the_running_quarter_too(client, told, count, settings):
    settings.FIRSTHAND_DEMO = True
    count(30, "S3", "I1", month=timezone.localdate().replace(day=1))
    assert [row[0] for row in cells(page(client), "quarters").values()] == ["30", "61"]


def test_a_quarter_with_too_few_is_joined_to_the_next(client, count, last):
    before = last.previous
    count(4, "S1", month=before.first_day)
    count(9, "S1", month=last.first_day)
    ((label, row),) = cells(page(client), "quarters").items()
    assert row == ["13"]
    assert label.endswith(f"{last.last_day:%B %Y}")


def test_too_few_accounts_show_nothing_of_what_they_told(client, count, last):
    count(9, "S1", "I3", month=last.first_day)
    assert "There are no figures yet" in page(client)


def test_someone_who_no_longer_wants_to_be_counted_is_taken_out(client, told):
    Counted.objects.filter(pk__in=Counted.objects.filter(service_kind="crisis")[:1]).delete()
    assert [row[0] for row in cells(page(client), "quarters").values()] == ["60"]


def test_an_account_changed_from_outside_is_left_out_and_the_alarm_is_raised(
    client, told, settings, tmp_path
):
    settings.FIRSTHAND_DATA = tmp_path
    assert alarms.alarms() == []
    forged = Counted.objects.filter(pk__in=Counted.objects.filter(service_kind="crisis")[:2])
    forged.update(codes=["S2"])
    said = page(client)
    assert [row[0] for row in cells(said, "quarters").values()] == ["59"]
    assert "Some accounts are missing here just now" in said
    download(client, "kinds")
    (first, second) = alarms.alarms()
    assert (first.page, second.page) == ("indicators:figures", "indicators:table")
    assert page(client)
    assert len(alarms.alarms()) == 2  # once a day for each page


def test_the_threshold_is_the_one_that_is_set(client, told, settings):
    settings.FIRSTHAND_FIGURES_THRESHOLD = 3
    assert "below 3" in page(client)
    assert cells(page(client), "kinds")["Advice, benefits or housing support"] == ["17"]
    settings.FIRSTHAND_FIGURES_THRESHOLD = 1
    assert cells(page(client), "kinds")["Support for carers"] == ["3"]
    assert "[c]" not in page(client)


def test_codes_of_an_older_version_are_carried_over_or_left_out(client, told, model):
    for row in Counted.objects.all():
        row.model_version = "unknown"
        marked(row).save()
    assert set(cells(page(client), "sources").pop("All accounts")) == {"61"}
    assert {row[0] for name, row in cells(page(client), "sources").items()
            if name != "All accounts"} == {"[c]"}  # fmt: skip


def test_no_row_appears_or_disappears_with_what_was_told(client, count, last):
    count(12, "S1", month=last.first_day)
    few = cells(page(client), "impacts").keys()
    count(50, "I1", "I5", "I9", month=last.first_day)
    assert cells(page(client), "impacts").keys() == few


def test_a_chart_is_served_to_a_browser_that_got_its_page_from_another_process(client, told):
    address = re.findall(r'src="([^"]+\.svg)"', page(client))[0]
    cache.clear()
    sent = client.get(address)
    assert sent.status_code == 200
    assert sent["Content-Type"] == "image/svg+xml"
    assert "default-src 'self'" in sent["Content-Security-Policy"]


def test_every_chart_has_words_in_its_place_and_its_table_beside_it(client, told):
    markup = page(client)
    assert len(re.findall(r'<img [^>]*alt="Bar chart: [^"]+"', markup)) == len(SLUGS)
    assert markup.count("<table") == len(SLUGS)
    assert markup.count("(CSV)") == len(SLUGS)


def test_the_pages_say_when_they_were_made(client, told):
    today = timezone.localdate()
    assert f"Made on {today.day} {today:%B %Y}" in page(client)


@pytest.mark.parametrize("name", [FIGURES, "indicators:method"])
def test_the_pages_only_answer_to_being_read(client, db, name):
    assert client.post(reverse(name)).status_code in (403, 405)


def test_the_page_is_light(client, told, count, last):
    day = last.first_day
    for _ in range(8):
        day = quarter_of(day - timedelta(days=1)).first_day
        count(25, "S1", "S2", "I1", month=day)
    assert len(page(client)) < 45_000
