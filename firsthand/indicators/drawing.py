"""Charts of published tables. The page says which chart it shows by a hash of what is in it."""

import hashlib
import json

from django.core.cache import cache

from firsthand.indicators.sections import Section
from firsthand.indicators.words import chart_words
from firsthand.methods.charts import Bar, Look, bars
from firsthand.methods.disclosure.suppress import SYMBOL

LOOK = Look(bar="#22505a", ink="#2b2723", symbol=SYMBOL)  # the site's own deep and ink
_KEPT = 24 * 60 * 60  # seconds that a chart's rows are kept ready for the browser to ask


def remember(section: Section) -> str:
    """Keep what the chart shows ready to be drawn; return its hash. Holds nothing withheld."""
    title, description = chart_words(section)
    rows = [[bar.name, bar.count] for bar in section.bars]
    said = json.dumps([title, description, rows])
    digest = hashlib.sha256(said.encode()).hexdigest()[:32]
    cache.set(_key(digest), said, _KEPT)
    return digest


def draw(digest: str) -> str | None:
    """The chart of this hash as SVG; None when there is no such chart here."""
    said = cache.get(_key(digest))
    if said is None:
        return None
    title, description, rows = json.loads(said)
    return bars(title, description, tuple(Bar(name, count) for name, count in rows), LOOK)


def anew(section: Section) -> str:
    """The chart of a section as SVG."""
    title, description = chart_words(section)
    return bars(title, description, section.bars, LOOK)


def _key(digest: str) -> str:
    return f"indicators:chart:{digest}"
