"""A version as a table: CSV in UTF-8 (RFC 4180), one line for each entry."""

import csv
import io

from firsthand.harms import queries, rules
from firsthand.harms.models import Entry, ModelVersion
from firsthand.methods.spreadsheets import safe

COLUMNS = (
    "version", "code", "kind", "source_of_harm", "rank", "rank_comes_from", "official_term",
    "plain_label", "description", "content_note", "levels", "care_act_abuse_types",
    "cqc_key_questions", "stages_of_making", "made_up_examples", "address",
)  # fmt: skip


def write(version: ModelVersion, base: str) -> bytes:
    """Return the file. Links say who says so in brackets; several are parted by semicolons."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for one in queries.entries(version):
        writer.writerow([safe(cell) for cell in _row(one, base)])
    return out.getvalue().encode()


def _row(one: Entry, base: str) -> list[str]:
    made = "; ".join(stage["name"] for stage in queries.stages(one))
    return [
        one.version.slug, one.code, one.kind, one.parent.code if one.parent else "", one.rank,
        rules.RANKED_BY[one.ranked_by], one.name, one.label, one.description, one.content_note,
        *(_links(one, scheme) for scheme in (rules.LEVEL, rules.CARE_ACT, rules.CQC)),
        made, " | ".join(one.examples), f"{base}/{one.code}",
    ]  # fmt: skip


def _links(one: Entry, scheme: str) -> str:
    who = one.version.says_who
    lines = [link for link in one.links.all() if link.scheme == scheme]
    return "; ".join(f"{link.target_name} ({who[link.says_who]['name']})" for link in lines)
