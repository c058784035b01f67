"""How long rankings take: CPU seconds of this process, made-up ballots drawn by seed.

    PYTHONPATH=. OMP_NUM_THREADS=1 python bench/ranking.py
    PYTHONPATH=. OMP_NUM_THREADS=1 python bench/ranking.py --samples  (the samples alone)
    PYTHONPATH=. OMP_NUM_THREADS=1 python bench/ranking.py --peer     (choix beside it)

choix is no part of this project: install it in an environment of your own.
"""

import argparse
import time

import numpy as np

from firsthand.methods.ranking.ballots import LEFT, Ballots, full_orders
from firsthand.methods.ranking.bootstrap import bootstrap
from firsthand.methods.ranking.fitting import fit
from firsthand.methods.ranking.kemeny import kemeny
from firsthand.methods.ranking.pairs import wins

ITEMS = 18


def orders(many: int, items: int, spread: float, seed: int) -> np.ndarray:
    """Orders drawn from a Plackett-Luce model."""
    dice = np.random.default_rng(seed)
    worths = dice.normal(0, spread, items)
    return np.argsort(-(worths + dice.gumbel(size=(many, items))), axis=1)


def with_ties(ballots: Ballots) -> Ballots:
    """Three in ten people tie by twos, and order no more than ten."""
    dice = np.random.default_rng(2)
    places = ballots.places
    tied = np.where(places > 10, LEFT, (places + 1) // 2)
    some = dice.random((len(places), 1)) < 0.3
    return Ballots(np.where(some, tied, places).astype(np.int16))


def timed(what: str, do):
    """Say the least and the most CPU seconds of five times."""
    took = []
    for _ in range(5):
        begun = time.process_time()
        found = do()
        took.append(time.process_time() - begun)
    print(f"{what}: {min(took):.2f} to {max(took):.2f} s")
    return found


def samples() -> None:
    plain = full_orders(orders(100, ITEMS, 1.0, 1), ITEMS)
    tied = with_ties(plain)
    timed("200 samples of 100 ballots, with ties", lambda: bootstrap(tied, 1, 200))
    timed("200 samples of 100 ballots, whole orders", lambda: bootstrap(plain, 1, 200))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peer", action="store_true")
    parser.add_argument("--samples", action="store_true")
    asked = parser.parse_args()
    samples()
    if asked.samples:
        return
    drawn = orders(100_000, ITEMS, 1.0, 1).tolist()
    timed("100,000 x 18, from lists of whole orders", lambda: fit(full_orders(drawn, ITEMS)))
    tied = with_ties(full_orders(drawn, ITEMS))
    timed("100,000 x 18, with ties and top tens", lambda: fit(tied))
    for items, spread in ((18, 0.3), (40, 0.3), (80, 0.3), (80, 0.0)):
        counted = wins(full_orders(orders(100, items, spread, 3), items))
        begun = time.process_time()
        found = kemeny(counted, seconds=5.0)
        said = "proven" if found.proven else f"not proven: {found.against:.0f}, {found.bound:.0f}"
        print(
            f"Kemeny, 100 x {items}, spread {spread}: {time.process_time() - begun:.2f} s, {said}"
        )
    if asked.peer:
        import choix

        few = drawn[:10_000]
        timed("10,000 x 18, here", lambda: fit(full_orders(few, ITEMS), pseudo=0))
        for name in ("ilsr_rankings", "opt_rankings", "mm_rankings"):
            begun = time.process_time()
            theirs = getattr(choix, name)(ITEMS, few)
            took = time.process_time() - begun
            ours = fit(full_orders(few, ITEMS), pseudo=0).worths
            away = np.abs(theirs - theirs.mean() - ours).max()
            print(f"10,000 x 18, choix {name}: {took:.2f} s; worths differ by {away:.1e}")


if __name__ == "__main__":
    main()
