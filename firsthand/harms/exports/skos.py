"""A version as SKOS (W3C Recommendation, 2009) in JSON-LD 1.1.

The context is inside the file, so that reading it fetches nothing. `base` is the version's own
address without a slash at its end; every entry's identifier is the address of its page.
Links outward are skos:relatedMatch, and each is also an rdf:Statement that says who made it.
"""

import json
from typing import Any

from firsthand.harms import queries, rules
from firsthand.harms.models import Entry, ModelVersion, VersionMap

Node = dict[str, Any]

_TEXTS = (
    "prefLabel",
    "altLabel",
    "definition",
    "scopeNote",
    "example",
    "historyNote",
    "changeNote",
)
_POINTS = ("broader", "narrower", "inScheme", "topConceptOf", "hasTopConcept", "member",
           "relatedMatch", "exactMatch", "closeMatch", "broadMatch", "narrowMatch")  # fmt: skip
_CONTEXT: Node = (
    {
        "@version": 1.1,
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "dc": "http://purl.org/dc/elements/1.1/",
        "dcterms": "http://purl.org/dc/terms/",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "notation": "skos:notation",
        "title": {"@id": "dcterms:title", "@language": "en-GB"},
        "creator": {"@id": "dc:creator", "@language": "en-GB"},
        "source": {"@id": "dc:source", "@language": "en-GB"},
        "citation": {"@id": "dcterms:bibliographicCitation", "@language": "en-GB"},
        "issued": {"@id": "dcterms:issued"},
        "replaces": {"@id": "dcterms:replaces", "@type": "@id"},
        "memberList": {"@id": "skos:memberList", "@type": "@id", "@container": "@list"},
        "subject": {"@id": "rdf:subject", "@type": "@id"},
        "predicate": {"@id": "rdf:predicate", "@type": "@id"},
        "object": {"@id": "rdf:object", "@type": "@id"},
    }
    | {name: {"@id": f"skos:{name}", "@language": "en-GB"} for name in _TEXTS}
    | {name: {"@id": f"skos:{name}", "@type": "@id"} for name in _POINTS}
)


def write(version: ModelVersion, base: str) -> bytes:
    """Return the file, in UTF-8."""
    graph = [_scheme(version, base), *_lists(version, base), *_outside(version, base)]
    for one in queries.entries(version):
        graph += [_concept(one, base), *_statements(one, base)]
    for scheme in (one for one in graph if one["@type"] == "skos:ConceptScheme"):
        scheme.setdefault("hasTopConcept", _tops(graph, scheme["@id"]))
    told = {"@context": _CONTEXT, "@graph": graph}
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _tops(graph: list[Node], scheme: str) -> list[str]:
    return [node["@id"] for node in graph if node.get("topConceptOf") == scheme]


def _scheme(version: ModelVersion, base: str) -> Node:
    made = queries.drafting_of(version)
    root = base.rsplit("/", 1)[0]
    later: Node = {"replaces": f"{root}/{made.based_on.slug}/"} if made else {}
    later |= {"changeNote": made.note} if made else {}
    return later | {
        "@id": f"{base}/",
        "@type": "skos:ConceptScheme",
        "title": f"{version.title}, {version.slug}",
        "creator": version.made_by,
        "citation": version.citation,
        "issued": version.published_words,
        "historyNote": " ".join(f"{s['name']}: {s['description']}" for s in version.stages),
    }


def _concept(one: Entry, base: str) -> Node:
    made = ", ".join(stage["name"] for stage in queries.stages(one))
    node: Node = {
        "@id": f"{base}/{one.code}",
        "@type": "skos:Concept",
        "notation": one.code,
        "prefLabel": one.name,
        "definition": one.description,
        "example": list(one.examples),
        "inScheme": f"{base}/",
        "scopeNote": f"{one.kind_words}. Rank {one.rank}: {rules.RANKED_BY[one.ranked_by]}.",
        "historyNote": f"Made in these stages: {made}.",
    }
    if one.label != one.name:  # SKOS S13: a label is preferred or alternative, never both
        node["altLabel"] = one.label
    return node | _place(one, base) | _matches(one, base)


def _place(one: Entry, base: str) -> Node:
    if one.parent:
        return {"broader": f"{base}/{one.parent.code}"}
    narrower = [f"{base}/{child.code}" for child in one.children.all()]
    top: Node = {"topConceptOf": f"{base}/"}
    return top | {"narrower": narrower} if narrower else top


def _matches(one: Entry, base: str) -> Node:
    found: Node = {}
    outside = [_target(base, link.scheme, link.target) for link in one.links.all()]
    if outside:
        found["relatedMatch"] = list(dict.fromkeys(outside))
    for line in queries.maps(one):
        if line.to_entry_id == one.pk:  # the later version holds the map, seen from its end
            found.setdefault(_seen_from_end(line), []).append(_old(line, base))
    return found


def _seen_from_end(line: VersionMap) -> str:
    turned = {"broad": "narrow", "narrow": "broad"}
    return f"{turned.get(line.relation, line.relation)}Match"


def _old(line: VersionMap, base: str) -> str:
    root = base.rsplit("/", 1)[0]
    return f"{root}/{line.from_entry.version.slug}/{line.from_entry.code}"


def _target(base: str, scheme: str, target: str) -> str:
    return f"{base}/crosswalk#{scheme}-{target}"


def _statements(one: Entry, base: str) -> list[Node]:
    who = one.version.says_who
    return [
        {
            "@id": f"{base}/{one.code}#{link.scheme}-{link.target}-{link.says_who}",
            "@type": "rdf:Statement",
            "subject": f"{base}/{one.code}",
            "predicate": "skos:relatedMatch",
            "object": _target(base, link.scheme, link.target),
            "creator": who[link.says_who]["name"],
        }
        for link in one.links.all()
    ]


def _lists(version: ModelVersion, base: str) -> list[Node]:
    """Give each ranked list as an ordered collection: SKOS concepts alone have no order."""
    return [
        {
            "@id": f"{base}/#{kind}",
            "@type": "skos:OrderedCollection",
            "prefLabel": many,
            "memberList": [f"{base}/{one.code}" for one in queries.entries(version, kind)],
        }
        for kind, (_, many, _) in rules.KINDS.items()
    ]


def _outside(version: ModelVersion, base: str) -> list[Node]:
    nodes: list[Node] = []
    for code, scheme in version.schemes.items():
        own = f"{base}/crosswalk#{code}"
        said = {"title": scheme["name"], "source": scheme["source"]}
        nodes.append({"@id": own, "@type": "skos:ConceptScheme"} | said)
        nodes += [
            {"@id": _target(base, code, target), "@type": "skos:Concept", "notation": target,
             "prefLabel": name, "inScheme": own, "topConceptOf": own}
            for target, name in scheme["targets"].items()
        ]  # fmt: skip
    return nodes
