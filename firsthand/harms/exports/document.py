"""A version as a document to read or print: PDF/UA-1 (ISO 14289-1), made by WeasyPrint."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn

from django.template.loader import render_to_string
from weasyprint import CSS, HTML

from firsthand.harms import drafts, queries, rules, shown
from firsthand.harms.models import Entry, ModelVersion

STYLES = Path(__file__).with_name("document.css")


def write(version: ModelVersion, base: str) -> bytes:
    """Return the file. The same version gives the same bytes."""
    drafting = queries.drafting_of(version)
    told = {
        "version": version, "base": base, "lists": _lists(version), "made": drafting,
        "changes": drafts.told_changes(drafting, queries.changes(version)) if drafting else [],
        "signed": version.sign_offs.all(),
    }  # fmt: skip
    text = render_to_string("harms/document.html", told)
    page = HTML(string=text, url_fetcher=_fetch_nothing)
    made: bytes = page.write_pdf(
        stylesheets=[CSS(string=STYLES.read_text())],
        pdf_variant="pdf/ua-1",
        pdf_identifier=_identifier(version.slug, text),
    )
    return made


def _identifier(slug: str, text: str) -> bytes:
    """Name the file by what anyone may read in it.

    The version's own digest stays here: it is also of small counts that are held back, and whoever
    had it could try them out until one fits.
    """
    return hashlib.sha256(f"{slug}\n{text}".encode()).hexdigest().encode()


def _fetch_nothing(url: str, *args: Any, **kwargs: Any) -> NoReturn:
    raise ValueError(f"Making a document fetches nothing, and {url} was asked for.")


def _lists(version: ModelVersion) -> list[dict[str, Any]]:
    """Give each list with its lines: (entry, its links by scheme, its stages)."""
    beneath: dict[str, list[shown.Shown]] = {}
    for one in shown.shown(queries.grounds(version)):
        beneath.setdefault(one.code, []).append(one)
    return [
        {
            "kind": kind,
            "title": many,
            "lines": [_line(one, beneath) for one in queries.entries(version, kind)],
        }
        for kind, (_, many, _) in rules.KINDS.items()
    ]


def _line(one: Entry, beneath: Mapping[str, list[shown.Shown]]) -> dict[str, Any]:
    return {
        "entry": one, "links": queries.said_links(one), "stages": queries.stages(one),
        "beneath": beneath.get(one.code, []),
    }  # fmt: skip
