"""The source code of what is running here, for whoever uses it: the licence's promise (AGPL 13)."""

import io
import zipfile
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from firsthand.access.downloads import attachment

_TOP = ("LICENSE", "README.md", "pyproject.toml", "uv.lock", "package.json", "package-lock.json")
_TOP_TOO = ("Makefile", "make", "ARCHITECTURE.md", "GLOSSARY.md", "CHANGELOG.md")
_LEFT_OUT = {".pyc", ".map"}


def _files(root: Path) -> list[Path]:
    named = [root / name for name in ("firsthand", *_TOP, *_TOP_TOO)]
    inside = [f for one in named if one.is_dir() for f in sorted(one.rglob("*"))]
    return [f for f in [*named, *inside] if f.is_file() and f.suffix not in _LEFT_OUT]


@cache
def archive(root: Path) -> bytes:
    """Return the program under `root` as a zip file's bytes; no data and no keys are in it."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as out:
        for file in _files(root):
            out.write(file, Path("firsthand-source") / file.relative_to(root))
    return held.getvalue()


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Say what the licence lets anyone do, and where the source is."""
    return render(request, "web/source.html")


@require_safe
def download(request: HttpRequest) -> HttpResponse:
    """Send the source of what is running."""
    return attachment(archive(settings.BASE_DIR), "firsthand-source.zip", "application/zip")
