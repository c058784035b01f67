"""Writes a package: the same review gives the same bytes, on whatever day it is written."""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from typing import IO, Any

from django.utils.text import slugify

from firsthand.evidence.models import Review
from firsthand.evidence.package.going_out import Out
from firsthand.evidence.package.readme import readme
from firsthand.evidence.package.resources import ALL
from firsthand.evidence.package.tables import Resource, written

VERSION = 1  # of the tables; a package of a later one is refused
_THEN = (1980, 1, 1, 0, 0, 0)  # the first day a zip file knows
_A_PIECE = 200  # rows
Step = Callable[[int], object]


def write(review: Review, to: IO[bytes], step: Step = lambda done: None) -> None:
    """Write a review's package. `step` is told how many of its tables are done."""
    out = Out(review)
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as held:
        described = []
        for done, each in enumerate(ALL, start=1):
            described.append(_table(held, each, out))
            step(done)
        _text(held, "README.md", readme(review, ALL))
        said = json.dumps(_package(review, described), ensure_ascii=False, indent=2)
        _text(held, "datapackage.json", said + "\n")


def _table(held: zipfile.ZipFile, resource: Resource, out: Out) -> dict[str, Any]:
    """Write one table, and return what the package says of it."""
    size, seen = 0, hashlib.sha256()
    with held.open(_named(resource.path), "w") as file:
        for piece in _pieces(resource, out):
            file.write(piece)
            size += len(piece)
            seen.update(piece)
    return {
        "name": resource.name, "path": resource.path, "profile": "tabular-data-resource",
        "title": resource.title, "format": "csv", "mediatype": "text/csv", "encoding": "utf-8",
        "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True,
                    "lineTerminator": "\r\n", "header": True},
        "bytes": size, "hash": f"sha256:{seen.hexdigest()}", "schema": resource.schema(),
    }  # fmt: skip


def _pieces(resource: Resource, out: Out) -> Iterator[bytes]:
    held = io.StringIO(newline="")
    lines = csv.writer(held, lineterminator="\r\n")
    lines.writerow(resource.columns)
    for place, row in enumerate(resource.rows(out), start=1):
        lines.writerow([written(row[name]) for name in resource.columns])
        if place % _A_PIECE == 0:
            yield held.getvalue().encode()
            held.seek(0)
            held.truncate()
    yield held.getvalue().encode()


def _package(review: Review, described: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "profile": "tabular-data-package", "name": slugify(review.title)[:80] or "review",
        "title": review.title, "description": review.question, "firsthand_package": VERSION,
        "resources": described,
    }  # fmt: skip


def _text(held: zipfile.ZipFile, name: str, text: str) -> None:
    held.writestr(_named(name), text.encode())


def _named(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _THEN)
    info.compress_type, info.create_system, info.external_attr = (
        zipfile.ZIP_DEFLATED,
        3,
        0o644 << 16,
    )
    return info
