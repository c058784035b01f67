"""Passages as W3C web annotations (Web Annotation Data Model, Recommendation, 2017) in JSON-LD.

One collection for each source. A target has both selectors: TextPositionSelector (Unicode code
points, the end exclusive, from 0) and TextQuoteSelector. A code is a body with the purpose
"classifying", named by its GUID, which survives renaming; a memo is one for "commenting".
"""

import json
from datetime import UTC
from typing import Any

from firsthand.codebook.exports.seen import Seen, codes_of
from firsthand.codebook.models import Code, Passage

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
KIND = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
Node = dict[str, Any]


def write(seen: Seen, address: str) -> bytes:
    """Return the file, in UTF-8; `address` is that of the source's text."""
    items = [_annotation(seen, each, address) for each in seen.passages]
    told: Node = {
        "@context": CONTEXT,
        "id": f"{address}#passages",
        "type": "AnnotationCollection",
        "label": f"Passages of source {seen.source.number}: {seen.source.title}",
        "total": len(items),
    }
    if items:  # an empty collection has no page
        told["first"] = {
            "id": f"{address}#passages-1", "type": "AnnotationPage",
            "partOf": f"{address}#passages", "startIndex": 0, "items": items,
        }  # fmt: skip
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _annotation(seen: Seen, passage: Passage, address: str) -> Node:
    return {
        "id": f"urn:uuid:{passage.guid}",
        "type": "Annotation",
        "motivation": "classifying",
        "created": passage.made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "creator": {"id": f"urn:uuid:{passage.coder_id}", "type": "Person",
                    "nickname": seen.called(passage)},
        "body": [*map(_code, codes_of(passage)), *_memo(passage)],
        "target": {"source": address, "selector": _selectors(passage)},
    }  # fmt: skip


def _code(code: Code) -> Node:
    named = {"id": f"urn:uuid:{code.guid}", "type": "skos:Concept", "label": code.name}
    return {"type": "SpecificResource", "purpose": "classifying", "source": named}


def _memo(passage: Passage) -> list[Node]:
    body = {"type": "TextualBody", "purpose": "commenting", "format": "text/plain"}
    return [{**body, "value": passage.memo}] if passage.memo else []


def _selectors(passage: Passage) -> list[Node]:
    return [
        {"type": "TextPositionSelector", "start": passage.start, "end": passage.end},
        {"type": "TextQuoteSelector", "exact": passage.quote, "prefix": passage.prefix,
         "suffix": passage.suffix},
    ]  # fmt: skip
