"""A calibration round's agreement in words: rows for the page, and the same as a CSV (RFC 4180).

What is undefined is "cannot be estimated", with why: never 0, 1 or an empty cell.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from firsthand.evidence.calibration import NEGATIVE, PERCENT, POSITIVE, Calibration, Named
from firsthand.methods.agreement import Interval, Measure, Undefined
from firsthand.methods.spreadsheets import safe

CANNOT = "cannot be estimated"
EVERYONE = "Everyone"
COLUMNS = ("who", "measure", "value", "low_95", "high_95", "records", "interval", "why_not")
_SHARES = (PERCENT, POSITIVE, NEGATIVE)

Row = tuple[str, ...]


@dataclass(frozen=True)
class Told:
    """What the page shows. `why` says each reason once, with all it is the reason of."""

    rows: tuple[Row, ...]
    pairs: tuple[Row, ...]
    pair_columns: Row
    why: tuple[str, ...]


def told(went: Calibration) -> Told:
    """Say each measure with its interval and its records; of each two, in one cell."""
    pairs = [(str(pair), pair.measures()) for pair in went.pairs]
    return Told(
        tuple((name, *_texts(name, each), f"{each.n:,}") for name, each in went.measures()),
        tuple((who, *(_cell(name, each) for name, each in found)) for who, found in pairs),
        ("Who", *(name for name, _ in pairs[0][1])) if pairs else (),
        _why([("", went.measures()), *((f" of {who}", found) for who, found in pairs)]),
    )


def shown(name: str, value: float | Undefined) -> str:
    """Say a figure: a share in percent, what is beyond chance with two decimals."""
    if isinstance(value, Undefined):
        return CANNOT
    if name in _SHARES:
        return f"{100 * value:.1f}%"
    return f"{round(value, 2) + 0.0:.2f}".replace("-", "\u2212")


def as_csv(went: Calibration) -> str:
    """Write all of it, everyone together first; a byte order mark says that it is UTF-8."""
    out = io.StringIO()
    lines = csv.writer(out)
    lines.writerow(COLUMNS)
    for who, found in (
        (EVERYONE, went.measures()),
        *((str(pair), pair.measures()) for pair in went.pairs),
    ):
        lines.writerows((safe(who), name, *_numbers(each)) for name, each in found)
    return "\ufeff" + out.getvalue()


def _texts(name: str, each: Measure) -> tuple[str, str]:
    return shown(name, each.value), _interval(name, each.interval)


def _interval(name: str, found: Interval | Undefined) -> str:
    if isinstance(found, Undefined):
        return CANNOT
    return f"{shown(name, found.low)} to {shown(name, found.high)}"


def _cell(name: str, each: Measure) -> str:
    value, interval = _texts(name, each)
    if isinstance(each.value, Undefined):
        return f"{value} (n = {each.n:,})"
    return f"{value} ({interval}; n = {each.n:,})"


def _why(told: Sequence[tuple[str, Named]]) -> tuple[str, ...]:
    """Say each reason once, and of which figures, or only intervals, it is the reason."""
    of: dict[str, list[str]] = {}
    for who, found in told:
        for name, each in found:
            if isinstance(each.value, Undefined):
                of.setdefault(each.value.value, []).append(f"{name}{who}")
            elif isinstance(each.interval, Undefined):
                of.setdefault(each.interval.value, []).append(f"the interval of {name}{who}")
    return tuple(f"{why} So not estimated: {'; '.join(names)}." for why, names in of.items())


def _numbers(each: Measure) -> tuple[object, ...]:
    """Return value, low, high, records, how the interval was made, and why something is missing."""
    why = [it.value for it in (each.value, each.interval) if isinstance(it, Undefined)]
    value = "" if isinstance(each.value, Undefined) else round(each.value, 6)
    sure: tuple[object, object, str] = ("", "", "")
    if isinstance(each.interval, Interval):
        sure = (round(each.interval.low, 6), round(each.interval.high, 6), each.interval.method)
    said = f"{CANNOT}: {' '.join(dict.fromkeys(why))}" if why else ""
    return (value, sure[0], sure[1], each.n, sure[2], said)
