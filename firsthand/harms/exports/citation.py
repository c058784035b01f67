"""How to cite a version: Citation File Format 1.2.0, BibTeX, and CSL-JSON 1.0.2."""

import json
import re
from collections.abc import Mapping, Sequence

from firsthand.harms.models import Drafting, ModelVersion

_SPECIAL = re.compile(r"([\\{}$&#^_~%])")
Authors = Sequence[Mapping[str, str]]


def cff(of: Drafting, base: str) -> bytes:
    """Return a CITATION.cff. Every text is a JSON string, which YAML 1.2 reads as it stands."""
    version = of.version
    lines = [
        "cff-version: 1.2.0",
        "message: If you use this model, please cite it so.",
        "type: dataset",
        f"title: {_quoted(version.title)}",
        f"version: {_quoted(version.slug)}",
        f"date-released: {_day(version)}",
        f"url: {_quoted(base + '/')}",
        "authors:",
    ]
    for one in of.authors:
        lines.append(f"  - family-names: {_quoted(one['family'])}")
        if one.get("given"):
            lines.append(f"    given-names: {_quoted(one['given'])}")
    return ("\n".join(lines) + "\n").encode()


def bibtex(of: Drafting, base: str) -> bytes:
    """Return a BibTeX entry; letters that mean something to TeX are escaped."""
    version = of.version
    named = " and ".join(
        ", ".join(part for part in (_tex(one["family"]), _tex(one.get("given", ""))) if part)
        for one in of.authors
    )
    fields = {
        "author": named,
        "title": f"{{{_tex(version.title)}}}",
        "version": _tex(version.slug),
        "year": _day(version)[:4],
        "url": f"{base}/",
    }
    inner = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@misc{{firsthand-model-{version.slug},\n{inner}\n}}\n".encode()


def csl(of: Drafting, base: str) -> bytes:
    """Return a list of one CSL-JSON item."""
    version = of.version
    year, month, day = (int(part) for part in _day(version).split("-"))
    item = {
        "id": f"firsthand-model-{version.slug}",
        "type": "dataset",
        "title": version.title,
        "version": version.slug,
        "author": [{k: v for k, v in one.items() if v} for one in of.authors],
        "issued": {"date-parts": [[year, month, day]]},
        "URL": f"{base}/",
    }
    return (json.dumps([item], ensure_ascii=False, indent=1) + "\n").encode()


def _day(version: ModelVersion) -> str:
    return version.published_on.isoformat() if version.published_on else ""


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _tex(text: str) -> str:
    special = {"\\": r"\textbackslash{}", "^": r"\^{}", "~": r"\~{}"}
    return _SPECIAL.sub(lambda found: special.get(found[1], f"\\{found[1]}"), text)
