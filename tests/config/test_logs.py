"""Logs say what happened and how long it took; never words, names, addresses or receipts."""

import io
import json
import logging

import pytest
from django.test import Client
from django.views.debug import ExceptionReporter

from firsthand.access.permissions import PERMISSIONS, Permission, anyone
from firsthand.config import logs
from firsthand.config.reports import NothingTyped

ID = "2b1c5a1e-0000-4000-8000-000000000000"
PLANTED = ("zebra-lantern", "harbour", "198.51.100.77", "Aurelia", ID)


@pytest.fixture
def written():
    """Everything that any log writes, as it would reach standard error."""
    held = io.StringIO()
    handler = logging.StreamHandler(held)
    handler.setFormatter(logs.Lines())
    root = logging.getLogger()
    root.addHandler(handler)
    yield held
    root.removeHandler(handler)


def lines(held: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in held.getvalue().splitlines()]


def clean(held: io.StringIO) -> bool:
    return not any(word in held.getvalue() for word in PLANTED)


@pytest.mark.django_db
def test_a_page_is_logged_by_name_without_path_or_query(client, written):
    client.get("/health/?name=zebra-lantern", REMOTE_ADDR="198.51.100.77")
    client.get(f"/harbour/{ID}/")
    first, second = (line for line in lines(written) if line["log"] == "firsthand.pages")
    assert (first["page"], first["status"], first["method"]) == ("health", 200, "GET")
    assert isinstance(first["ms"], int)
    assert second["page"] == "none"
    assert clean(written)


@pytest.mark.django_db
def test_visits_are_logged_to_the_hour_and_trouble_to_the_second(written):
    record = logging.LogRecord("firsthand.pages", logging.INFO, "", 0, "", None, None)
    record.created = 1_790_000_123.0
    assert json.loads(logs.Lines().format(record))["time"].endswith(":00:00Z")
    record.levelno = logging.ERROR
    assert not json.loads(logs.Lines().format(record))["time"].endswith(":00:00Z")


@pytest.mark.django_db
def test_a_page_that_breaks_on_someones_words_does_not_log_them(written, monkeypatch):
    def broken(request):
        told = "Aurelia at the harbour"
        raise ValueError(f"cannot keep {told} {request.POST['what']}")

    monkeypatch.setitem(PERMISSIONS, "health", Permission(broken_door(broken)))
    client = Client(raise_request_exception=False)
    answer = client.post("/health/", {"what": "zebra-lantern"}, REMOTE_ADDR="198.51.100.77")
    assert answer.status_code == 500
    assert any(line.get("error") == "ValueError" for line in lines(written))
    assert clean(written)


def broken_door(broken):
    return lambda request: broken(request) or anyone(request)


def test_what_a_library_says_is_reduced_to_where_it_said_it(written):
    logging.getLogger("gunicorn.error").setLevel(logging.INFO)
    logging.getLogger("gunicorn.error").warning("Invalid request from ip=198.51.100.77: harbour")
    logging.getLogger("django.request").error("Not Found: /harbour/%s", "zebra-lantern")
    assert {line["log"] for line in lines(written)} == {"gunicorn.error", "django.request"}
    assert all(str(line["said_at"]).startswith("test_logs:") for line in lines(written))
    assert clean(written)


def test_of_our_own_lines_only_what_is_on_the_list_is_written(written):
    more = {"event": "seen", "who": "Aurelia"}
    logging.getLogger("firsthand.x").info("zebra-lantern", extra=more)
    (line,) = lines(written)
    assert line["event"] == "seen"
    assert set(line) == {"time", "level", "log", "event"}


def test_an_error_is_logged_by_its_kind_and_the_places_it_came_through(written):
    try:
        raise RuntimeError("harbour")
    except RuntimeError:
        logging.getLogger("firsthand.x").exception("zebra-lantern", extra={"event": "broke"})
    (line,) = lines(written)
    assert line["error"] == "RuntimeError"
    assert "test_logs.py" in str(line["through"])
    assert clean(written)


@pytest.mark.parametrize("debug", [True, False])
def test_an_error_report_holds_nothing_that_was_sent_or_held(rf, settings, debug):
    settings.DEBUG = debug
    request = rf.post("/x", {"what": "zebra-lantern"}, HTTP_COOKIE="sitting=harbour")
    request.exception_reporter_filter = NothingTyped()
    try:
        told = "Aurelia"
        raise ValueError(len(told))
    except ValueError as error:
        reporter = ExceptionReporter(request, type(error), error, error.__traceback__)
    report = reporter.get_traceback_text()
    assert not any(word in report for word in ("zebra-lantern", "sitting=harbour"))
