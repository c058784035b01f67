"""Logs as JSON lines, without words, names, addresses, receipts or anything else that was typed.

Only what is on the list below is ever written, and only of our own log calls. What libraries
want to say is reduced to where in their code they said it: their messages are full of paths,
addresses and values. Pages that were shown are logged to the hour, so that a log does not tell
when someone came; trouble is logged to the second.
"""

import json
import logging
import logging.config
import time
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

WRITTEN = ("event", "page", "method", "status", "ms", "count")
_pages = logging.getLogger("firsthand.pages")


def configure(_settings: dict[str, Any]) -> None:
    """Send every log there is through one formatter, to standard error."""
    logging.captureWarnings(True)
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"json": {"()": "firsthand.config.logs.Lines"}},
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
            "root": {"handlers": ["stderr"], "level": "WARNING"},
            "loggers": {"firsthand": {"level": "INFO"}, "django": {"level": "ERROR"}},
        }
    )


class Lines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        level = record.levelname.lower()
        line: dict[str, Any] = {"time": _when(record), "level": level, "log": record.name}
        if record.name.startswith("firsthand"):
            line |= {name: record.__dict__[name] for name in WRITTEN if name in record.__dict__}
        else:
            line["said_at"] = f"{record.module}:{record.lineno}"
        if record.exc_info and record.exc_info[1]:
            line |= what_broke(record.exc_info[1])
        return json.dumps(line)


def what_broke(error: BaseException) -> dict[str, Any]:
    """Return an error's kind and the places it came through: no message, no source, no values."""
    frames = traceback.extract_tb(error.__traceback__, limit=-12)
    places = [f"{_inside(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
    return {"error": type(error).__qualname__, "through": places}


class PageLog:
    """Logs each page that was asked for by its name in the table of addresses."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        begun = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        seen = {
            "event": "page", "page": match.view_name if match else "none",
            "method": request.method if request.method in {"GET", "HEAD", "POST"} else "other",
            "status": response.status_code, "ms": round((time.perf_counter() - begun) * 1000),
        }  # fmt: skip
        _pages.log(logging.ERROR if response.status_code >= 500 else logging.INFO, "", extra=seen)
        return response


def _when(record: logging.LogRecord) -> str:
    at = datetime.fromtimestamp(record.created, UTC)
    if record.name == _pages.name and record.levelno < logging.ERROR:
        at = at.replace(minute=0, second=0)
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def _inside(filename: str) -> str:
    """A file's name from its package down: the rest says where on whose machine."""
    parts = Path(filename).parts
    if "site-packages" in parts:
        return "/".join(parts[parts.index("site-packages") + 1 :])
    return "/".join(parts[parts.index("firsthand") :]) if "firsthand" in parts else parts[-1]
