"""The model to take away. What a version's files say never changes, so browsers may keep them."""

import hashlib
from functools import lru_cache
from threading import Lock

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from firsthand.access.downloads import attachment
from firsthand.harms import queries
from firsthand.harms.exports import citation, document, sheets, skos, table
from firsthand.harms.models import Drafting, ModelVersion
from firsthand.harms.views.pages import published

_MAKING = Lock()
FORMS = {
    "jsonld": (skos.write, "application/ld+json"),
    "csv": (table.write, "text/csv; charset=utf-8; header=present"),
    "pdf": (document.write, "application/pdf"),
}
# Files of a version that was made on this site: how it stands to the one before, how to cite it.
FILES = {
    "map.csv": (sheets.the_map, "text/csv; charset=utf-8; header=present"),
    "beneath.csv": (sheets.beneath, "text/csv; charset=utf-8; header=present"),
    "citation.cff": (citation.cff, "application/yaml"),
    "citation.bib": (citation.bibtex, "application/x-bibtex; charset=utf-8"),
    "citation.json": (citation.csl, "application/vnd.citationstyles.csl+json"),
}


def base(version: ModelVersion) -> str:
    """Give the version's address on this site, whole, without a slash at its end."""
    path = reverse("harms:version", args=[version.slug]).rstrip("/")
    return settings.FIRSTHAND_PUBLIC_URL.rstrip("/") + path


def _file(slug: str, form: str) -> bytes:
    if form not in FORMS:
        raise Http404
    version = published(slug)
    with _MAKING:  # a document takes seconds: those who ask meanwhile wait for the one being made
        return _made(version.digest, slug, base(version), form)


@lru_cache(maxsize=12)
def _made(digest: str, slug: str, address: str, form: str) -> bytes:
    # The digest is only part of the key: another text under the same slug is another file.
    return FORMS[form][0](published(slug), address)


def _etag(request: HttpRequest, slug: str, form: str) -> str:
    return f'"{hashlib.sha256(_file(slug, form)).hexdigest()[:40]}"'


@require_safe
@cache_control(public=True, max_age=86_400)
@condition(etag_func=_etag)
def download(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """Send a version as SKOS JSON-LD, CSV or PDF; 304 when the browser has it already."""
    return attachment(_file(slug, form), f"model-{slug}.{form}", FORMS[form][1])


@require_safe
@cache_control(public=True, max_age=86_400)
def take(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Send one of the files beside a version that was made on this site."""
    version = published(slug)
    drafting: Drafting | None = queries.drafting_of(version)
    if name not in FILES or drafting is None:
        raise Http404
    write, kind = FILES[name]
    return attachment(write(drafting, base(version)), f"model-{slug}-{name}", kind)
