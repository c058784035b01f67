"""Suggestions: which entries of a codebook a text may fit, and why; on this machine, offline."""

from firsthand.methods.suggest.building import build
from firsthand.methods.suggest.suggester import Suggester
from firsthand.methods.suggest.values import Confirmed, Entry, Reason, Suggestion

__all__ = ["Confirmed", "Entry", "Reason", "Suggester", "Suggestion", "build"]
