"""Lists what stands beneath a draft's lines; puts more there from a table.

    firsthand model grounds 2027 --as Ada
    firsthand model grounds 2027 --as Ada --from grounds.csv

The table has the columns code, kind and title; count, low, high and at may be left out. Kinds are
paper, finding, passage, survey, testimony and comment. All of it is put there, or nothing.
"""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from firsthand.config import drafting
from firsthand.config.reviewing import acting, tables
from firsthand.config.talk import Stop

if TYPE_CHECKING:
    from firsthand.harms.models import Editor

HELP = "List what stands beneath a draft's lines; put more there"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be given."""
    drafting.draft_argument(parser)
    parser.add_argument("--from", dest="table", type=Path, metavar="FILE", help="a table, in CSV")
    acting.json_argument(parser)


def run(args: argparse.Namespace) -> None:
    """Put, then list."""
    with acting.site():
        from django.db import transaction

        from firsthand.harms import drafts, queries

        by = drafting.editor(args)
        rows = tables.read(args.table, ("code", "kind", "title")) if args.table else []
        with transaction.atomic():
            for row in rows:
                _put(by, row)
        told = [drafts.ground_facts(one) for one in queries.grounds(by.version)]
    lines = [f"{one['code']} {one['kind']}: {one['title']} ({one['count']})" for one in told]
    tables.tell({"draft": by.version.slug, "grounds": told}, lines, args.json)


def _put(by: "Editor", row: tables.Row) -> None:
    from firsthand.access.refused import Refused
    from firsthand.harms.actions import grounds

    try:
        grounds.put(
            by.version, row["code"], row["kind"], row["title"],
            int(row["count"]) if row["count"] else None,
            float(row["low"]) if row["low"] else None,
            float(row["high"]) if row["high"] else None,
            at=row["at"], by=by.user,
        )  # fmt: skip
    except ValueError:
        raise Stop(f"Line {row.line}: count, low and high are numbers.") from None
    except Refused as refused:
        raise Stop(f"Line {row.line}: {refused.sentence}") from None
