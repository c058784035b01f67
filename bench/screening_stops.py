"""Stopping rules on finished runs: how often the aim was reached, and what had to be read for it.

Called by `bench/screening.py report`. A run is its labels in the order read. The audit begins after
50 irrelevant in a row; from then on every second record read is drawn at random. In truth the
labels of drawn records would teach the order too; here the order stays as it was without them.
"""

from collections.abc import Callable, Sequence

import numpy as np

from firsthand.methods.screening.audit import Audit, certified
from firsthand.methods.screening.stopping import in_a_row, look

AIM, SURE = 0.95, 0.05
LOOKS = 20
Labels = list[int]
Rule = Callable[[Labels], tuple[int, int]]  # how many were read, and found among them


def report(runs: Sequence[Labels]) -> None:
    """Print a line for each rule."""
    print(f"\nstopping, {len(runs)} runs with question, aim {AIM:.0%} of included records")
    print("  rule                      stopped early  aim reached  read (mean)  recall (mean)")
    for name, rule in RULES.items():
        ends = [rule(each) for each in runs]
        recalls = [found / sum(read) for read, (_, found) in zip(runs, ends, strict=True)]
        shares = [many / len(read) for read, (many, _) in zip(runs, ends, strict=True)]
        early = np.mean([share < 1 for share in shares])
        reached = np.mean([each >= AIM - 1e-9 for each in recalls])
        print(f"  {name:<26}{early:>13.0%}{reached:>13.0%}{np.mean(shares):>13.1%}"
              f"{np.mean(recalls):>15.3f}")  # fmt: skip


def habit(read: Labels) -> tuple[int, int]:
    """Stop at 50 irrelevant in a row."""
    end = in_a_row(read, 50) or len(read)
    return end, sum(read[:end])


def paper(read: Labels) -> tuple[int, int]:
    """Look after each twentieth of the records; stop once p, as the paper has it, is below 5 %."""
    return _paper(read, corrected=False)


def corrected(read: Labels) -> tuple[int, int]:
    """Do so once the corrected p is below 5 %."""
    return _paper(read, corrected=True)


def _paper(read: Labels, corrected: bool) -> tuple[int, int]:
    ends = [len(read) * part // LOOKS for part in range(1, LOOKS + 1)]
    for at, end in enumerate(ends, 1):
        seen = look(len(read), read[:end], AIM, ends[:at])
        if (seen.corrected if corrected else seen.p) < SURE:
            return end, seen.found
    return len(read), sum(read)


def audit(read: Labels) -> tuple[int, int]:
    """Stop once the audit certifies the aim."""
    begun = in_a_row(read, 50) or len(read)
    before, known = sum(read[:begun]), set(range(begun))
    drawing = (np.random.default_rng(7).permutation(len(read) - begun) + begun).tolist()
    found, hits = before, 0
    for drawn, at in enumerate(drawing, 1):
        hits += read[at]
        for each in (at, next((x for x in range(begun, len(read)) if x not in known), at)):
            found += read[each] if each not in known else 0
            known.add(each)
        if drawn % 10 == 0:
            now = Audit(len(read) - begun, before, drawn, hits, found)
            if certified(now, 1 - SURE).recall >= AIM:
                break
    return len(known), found


RULES: dict[str, Rule] = {
    "50 irrelevant in a row": habit,
    "p as in the paper": paper,
    "p, corrected for looking": corrected,
    "certified by an audit": audit,
}
