"""Tells a draft: its changes, the lines that stand on nothing, the map, what is still missing.

firsthand model show 2027 --as Ada
firsthand model show 2027 --as Ada --json
"""

import argparse

from firsthand.config import drafting
from firsthand.config.reviewing import acting, tables

HELP = "Tell what changed in a draft, and what is still missing"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be given."""
    drafting.draft_argument(parser)
    acting.json_argument(parser)


def run(args: argparse.Namespace) -> None:
    """Tell it."""
    with acting.site():
        from firsthand.harms import checks, drafts

        by = drafting.editor(args)
        seen = drafts.glance(by.drafting)
        found = checks.checks(seen)
        told = {
            "draft": by.version.slug,
            "based_on": seen.drafting.based_on.slug,
            "published": by.version.published,
            "digest": drafts.digest(by.drafting),
            "lines": [
                {"code": line.entry.code, "label": line.entry.label, "how": list(line.how),
                 "old": list(line.old), "beneath": len(line.grounds)}
                for line in seen.lines
            ],
            "map": [[line.old, line.new, line.relation] for line in seen.map.lines],
            "removed": dict(seen.map.removed),
            "checks": [{"what": one.what, "holds": one.holds, "why": one.why} for one in found],
        }  # fmt: skip
    changed = [line for line in seen.lines if line.how != (drafts.KEPT,)]
    lines = [
        f"{line.entry.code} {line.entry.label} ({', '.join(line.how)}; "
        f"{len(line.grounds)} beneath it)"
        for line in changed
    ]
    lines += [f"{code} removed ({why})" for code, why in seen.map.removed.items()]
    lines += [f"{'holds  ' if one.holds else 'missing'} {one.what}. {one.why}".strip()
              for one in found]  # fmt: skip
    tables.tell(told, [f"Draft of {by.version.slug}", *lines], args.json)
