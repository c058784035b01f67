"""What a new ranking costs: at about 2,000 records beside ASReview's default, and at 100,000.

    bench/screening_cost.py DATA PYTHON

DATA and PYTHON are as in bench/screening.py. CPU time with one thread; memory is the most that the
process ever had.
"""

import sys
from pathlib import Path

from screening_alone import PEER, asked_of


def main() -> None:
    """Measure, and print a line for each."""
    data, peer = Path(sys.argv[1]), sys.argv[2]
    told = {"place": str(data / "Nagtegaal_2019.csv"), "seed": 0}
    for way, python, code in (("peer", peer, THEIRS_ONCE), ("ours", sys.executable, OURS_ONCE)):
        for many in (100, 500, 1500):
            show(way, asked_of(python, code, {**told, "labelled": many}), many)
    folder = [str(each) for each in sorted(data.glob("*.csv"))]
    for many in (100, 2000):
        said = asked_of(sys.executable, LARGE, {**told, "labelled": many, "folder": folder})
        show("ours", said, many)


def show(way: str, said: dict, many: int) -> None:
    """Print one line."""
    print(
        f"{way}, {said['records']} records, {many} labelled: setting up {said['setup']:.2f} s, a "
        f"new ranking {said['again'] * 1000:.2f} ms ({said['worst'] * 1000:.2f} at worst); memory "
        f"{said['memory']:.0f} MB, {said['memory'] - said['bare']:.0f} of it for the records",
        flush=True,
    )


ONCE = """
dice = np.random.default_rng(1)
chosen = dice.permutation(len(labels))[: told["labelled"]]
def timed(once, times):
    took = []
    for each in range(times):
        begun = time.process_time()
        once(each)
        took.append(time.process_time() - begun)
    tell(records=len(labels), setup=setup, again=sum(took) / times, worst=max(took),
         memory=memory(), bare=bare)
"""

THEIRS_ONCE = (
    PEER
    + ONCE
    + """
bare, begun = memory(), time.process_time()
held = cycle.transform(texts)
setup = time.process_time() - begun
truth = np.array(labels)
def once(number):
    known = chosen[: len(chosen) - 10 + number]
    pool = np.setdiff1d(np.arange(len(truth)), known)
    cycle.fit(held[known], truth[known])
    cycle.rank(held[pool])
timed(once, 10)
"""
)

ORDERED = """
from firsthand.methods.screening.order import Order
from firsthand.methods.screening.texts import Record
"""

LEARNING = """
setup = time.process_time() - begun
order.label({int(at): bool(labels[at]) for at in chosen[:-10]})
def once(number):
    at = int(chosen[len(chosen) - 10 + number])
    order.label({at: bool(labels[at])})
    order.unread()
timed(once, 10)
"""

OURS_ONCE = (
    ORDERED
    + ONCE
    + """
bare, begun = memory(), time.process_time()
order = Order([Record(each["title"], each["abstract"]) for each in rows])
"""
    + LEARNING
)

# No set here is that large: abstracts are put together from sentences of all sets.
LARGE = (
    ORDERED
    + """
every = [row for place in told["folder"] for row in csv.DictReader(open(place, encoding="utf-8"))]
said = [each for row in every for each in row["abstract"].split(". ") if each]
made = np.random.default_rng(2)
picks = made.integers(0, len(said), (100_000, 8))
titles = made.integers(0, len(every), 100_000)
records = [Record(every[one]["title"], ". ".join(said[at] for at in row))
           for one, row in zip(titles, picks)]
labels = [int(float(every[one]["label"])) for one in titles]
"""
    + ONCE
    + """
bare, begun = memory(), time.process_time()
order = Order(records)
"""
    + LEARNING
)


if __name__ == "__main__":
    main()
