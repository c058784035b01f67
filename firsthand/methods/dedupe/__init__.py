"""De-duplication: which records are one report, which only belong together, and why."""

from firsthand.methods.dedupe.finding import Index, find
from firsthand.methods.dedupe.values import Found, Group, Link, Merge, Pair, Reason, Report

__all__ = ["Found", "Group", "Index", "Link", "Merge", "Pair", "Reason", "Report", "find"]
