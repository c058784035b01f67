"""Agreement on codes in words and as tables: what cannot be estimated is said, never left empty."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from firsthand.methods.agreement.by_code import CodeAgreement
from firsthand.methods.agreement.values import Interval, Measure, Undefined
from firsthand.methods.spreadsheets import as_csv as table_csv

CANNOT = "cannot be estimated"
ALPHA, SENTENCE, F1 = "Alpha", "Alpha by sentence", "Same passages (F1)"
POSITIVE, PREVALENCE, KAPPA = "Positive agreement", "Share of the text", "Cohen's kappa"
_SHARES = (F1, POSITIVE, PREVALENCE)
COLUMNS = (
    "code", "measure", "value", "low_95", "high_95", "interval", "documents",
    "documents_with_code", "code_points", "spans", "coders_using_it", "why_not",
)  # fmt: skip


def measures(each: CodeAgreement) -> tuple[tuple[str, Measure], ...]:
    """Return what is shown of a code. Kappa is not among them: it is in the downloads only."""
    return (
        (ALPHA, each.alpha), (SENTENCE, each.by_sentence), (F1, each.span_f1),
        (POSITIVE, each.positive), (PREVALENCE, each.prevalence),
    )  # fmt: skip


def cell(name: str, found: Measure) -> str:
    """Say a figure and its interval in one cell."""
    if isinstance(found.value, Undefined):
        return CANNOT
    if isinstance(found.interval, Undefined):
        return f"{number(name, found.value)} (interval {CANNOT})"
    low, high = number(name, found.interval.low), number(name, found.interval.high)
    return f"{number(name, found.value)} ({low} to {high})"


def number(name: str, value: float) -> str:
    """Say a number: a share in percent, what is beyond chance with two decimals."""
    if name in _SHARES:
        return f"{100 * value:.1f}%"
    return f"{round(value, 2) + 0.0:.2f}".replace("-", "\u2212")


def whys(found: Sequence[CodeAgreement]) -> tuple[str, ...]:
    """Say each reason once, and of which codes' figures it is the reason."""
    of: dict[str, dict[str, list[str]]] = {}
    for each in found:
        for name, measure in measures(each):
            if isinstance(measure.value, Undefined):
                of.setdefault(measure.value.value, {}).setdefault(each.code, []).append(name)
            elif isinstance(measure.interval, Undefined):
                of.setdefault(measure.interval.value, {}).setdefault(each.code, []).append("")
    return tuple(
        f"{why} So for: {'; '.join(map(_what, codes, codes.values()))}."
        for why, codes in of.items()
    )


def _what(code: str, names: Sequence[str]) -> str:
    """Name a code, and which of its figures: only their intervals, when there are no names."""
    figures = [name for name in names if name]
    return f"{code} ({', '.join(figures)})" if figures else f"{code} (intervals)"


def rows(found: Sequence[CodeAgreement]) -> list[tuple[object, ...]]:
    """Return a row for each code and measure, Cohen's kappa last; see COLUMNS."""
    return [
        (
            each.code, name, *_numbers(measure), each.documents, each.places, each.points,
            each.spans, each.coders, _why(measure),
        )
        for each in found
        for name, measure in (*measures(each), (KAPPA, each.kappa))
    ]  # fmt: skip


def as_csv(found: Sequence[CodeAgreement]) -> str:
    """Write every figure; a byte order mark says that it is UTF-8."""
    return table_csv([COLUMNS, *rows(found)])


def _numbers(found: Measure) -> tuple[object, ...]:
    value = "" if isinstance(found.value, Undefined) else round(found.value, 6)
    if isinstance(found.interval, Interval):
        it = found.interval
        return value, round(it.low, 6), round(it.high, 6), it.method
    return value, "", "", ""


def _why(found: Measure) -> str:
    why = [it.value for it in (found.value, found.interval) if isinstance(it, Undefined)]
    return f"{CANNOT}: {' '.join(dict.fromkeys(why))}" if why else ""


def as_plain(found: Sequence[CodeAgreement]) -> list[dict[str, Any]]:
    """Return all of it for JSON. `formula_alone`: what the formulas give, estimated or not."""
    return [
        {
            "code": each.code,
            "measures": {name: _plain(it) for name, it in (*measures(each), (KAPPA, each.kappa))},
            **{k: asdict(each)[k] for k in ("documents", "places", "points", "spans", "coders")},
            "formula_alone": {"alpha": each.bare_alpha, "kappa": each.bare_kappa},
        }
        for each in found
    ]


def _plain(found: Measure) -> dict[str, Any]:
    value, low, high, method = (it if it != "" else None for it in _numbers(found))
    return {"value": value, "low": low, "high": high, "interval": method, "why_not": _why(found)}


def named(found: Sequence[CodeAgreement], names: Sequence[str]) -> tuple[CodeAgreement, ...]:
    """Return the same under other names, in the same order."""
    return tuple(replace(each, code=name) for each, name in zip(found, names, strict=True))
