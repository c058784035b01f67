"""The report of `firsthand screen-sim`: a line for each seed, their means, or all of it as JSON."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from firsthand.config import labelled
from firsthand.methods.screening.measures import Figures
from firsthand.methods.screening.simulate import Run, simulate

Writer = Callable[[str], object]
_MOST_WRONG = 20  # lines told one by one
_SHOWN = ("loss", "recall_10", "wss_95")


@dataclass(frozen=True)
class Wanted:
    """What to try. Without seeds, one run starts from the question alone."""

    data: Path
    question: str
    seeds: tuple[int, ...]


def write(wanted: Wanted, for_machine: bool, out: Writer, say: Writer) -> None:
    """Write figures to `out`, and what was left out to `say`. Raises ValueError."""
    found = labelled.read(wanted.data)
    for line in found.wrong[:_MOST_WRONG]:
        say(f"Left out: {line}\n")
    if len(found.wrong) > _MOST_WRONG:
        say(f"Left out: {len(found.wrong) - _MOST_WRONG} more like these.\n")
    runs = []
    for seed in wanted.seeds or (None,):
        runs.append(simulate(found.records, found.labels, wanted.question, seed))
        say(f"{_name(runs[-1])} done.\n")
    out(_json(wanted, found, runs) if for_machine else _table(found, runs))


def mean(runs: Sequence[Run]) -> dict[str, float]:
    """Return the mean of each figure over the runs."""
    return {name: sum(getattr(each.figures, name) for each in runs) / len(runs) for name in _SHOWN}


def _name(run: Run) -> str:
    return "from the question" if run.seed is None else f"seed {run.seed}"


def _line(name: str, found: Figures | dict[str, float]) -> str:
    values = found if isinstance(found, dict) else asdict(found)
    return f"{name:<20}" + "".join(f"{values[each]:>11.4f}" for each in _SHOWN) + "\n"


def _table(found: labelled.Labelled, runs: Sequence[Run]) -> str:
    head = f"{len(found.records)} records, {sum(found.labels)} included\n"
    head += f"{'':<20}{'loss':>11}{'recall@10%':>11}{'WSS@95':>11}\n"
    lines = "".join(_line(_name(each), each.figures) for each in runs)
    return head + lines + _line("mean", mean(runs))


def _json(wanted: Wanted, found: labelled.Labelled, runs: Sequence[Run]) -> str:
    told = {
        "data": wanted.data.name,
        "records": len(found.records),
        "included": sum(found.labels),
        "left_out": list(found.wrong),
        "question": wanted.question,
        "runs": [{"seed": each.seed, "known": each.known, **asdict(each.figures)} for each in runs],
        "mean": mean(runs),
    }
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"
