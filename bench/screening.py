"""How soon included records come, and what stopping rules cost.

    bench/screening.py order DATA RESULTS --peer PYTHON --seeds 1-10     read reviews again
    bench/screening.py report RESULTS                                    sum that up

DATA is a folder of CSV files (title, abstract, label) with a README.md that has a line
"- Name: question" for each. PYTHON is one of an environment with ASReview 3: its default, ELAS u4,
is trained again after every label, as ours is, from the same two known records. Each run is a line
of RESULTS, so that a long run can be broken off and taken up again, and every line is a process of
its own. CPU time, never the clock.
"""

import argparse
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import screening_stops
from screening_alone import PEER, asked_of

from firsthand.config.commands.screen_sim import seeds
from firsthand.methods.screening import measures

WAYS = ("peer", "ours", "ours with question")


def main() -> None:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("order", "report"))
    parser.add_argument("places", type=Path, nargs="+")
    parser.add_argument("--peer", default="")
    parser.add_argument("--seeds", default="1-10")
    parser.add_argument("--sets", default="", help="only sets whose name holds this (a|b)")
    args = parser.parse_args()
    {"order": order, "report": report}[args.what](args)


def order(args: argparse.Namespace) -> None:
    """Run what RESULTS has not yet: every set with the first seed, then with the second."""
    data, results = args.places
    asked = questions(data)
    sets = [each for each in sorted(data.glob("*.csv"), key=lambda x: x.stat().st_size)
            if re.search(args.sets, each.stem)]  # fmt: skip
    done = {(each["set"], each["way"], each["seed"]) for each in lines(results)}
    for seed in (0, *seeds(args.seeds)):  # 0: from the question alone, nothing known
        for place in sets:
            for way in WAYS if seed else ("question alone",):
                if (place.stem, way, seed) not in done:
                    row = run(place, way, seed, asked[place.stem], args.peer)
                    with results.open("a") as file:
                        file.write(json.dumps(row) + "\n")
                    print(place.stem, way, seed, f"{row['cpu']:.1f} s", flush=True)


def questions(data: Path) -> dict[str, str]:
    """Return each set's question."""
    text = (data / "README.md").read_text()
    return {name: said.strip() for name, said in re.findall(r"^- (\w+): (.*)$", text, re.M)}


def lines(place: Path) -> list[dict]:
    """Return the runs there are."""
    if not place.exists():
        return []
    return [json.loads(each) for each in place.read_text().splitlines()]


def run(place: Path, way: str, seed: int, question: str, peer: str) -> dict:
    """Read a review again in a process of its own: labels as read, seconds of CPU, peak MB."""
    told = {"place": str(place), "seed": seed, "question": question if "question" in way else ""}
    python, code = (peer, THEIRS) if way == "peer" else (sys.executable, OURS)
    return {"set": place.stem, "way": way, "seed": seed, **asked_of(python, code, told)}


OURS = """
from firsthand.methods.screening.simulate import simulate, starts
from firsthand.methods.screening.texts import Record
records = [Record(each["title"], each["abstract"]) for each in rows]
begun = time.process_time()
run = simulate(records, labels, told["question"], told["seed"] or None)
assert list(run.known) == known()
tell(read=[labels[at] for at in run.read], cpu=time.process_time() - begun, memory=memory())
"""

# Their simulation ends with the last included record; what would follow is all excluded.
THEIRS = (
    PEER
    + """
begun = time.process_time()
trial = Simulate(texts, np.array(labels), cycle, print_progress=False)
trial.label(known())
trial.review()
found = trial._results
read = found[found.training_set.notna()].label.astype(int).tolist()
read += [0] * (len(labels) - 2 - len(read))
tell(read=read, cpu=time.process_time() - begun, memory=memory())
"""
)


def report(args: argparse.Namespace) -> None:
    """Print the figures of all runs that every way has, then those of the stopping rules."""
    found: dict[str, dict[int, dict[str, list[int]]]] = defaultdict(lambda: defaultdict(dict))
    alone = {}
    for each in lines(args.places[0]):
        if each["way"] == "question alone":
            alone[each["set"]] = each["read"]
        else:
            found[each["set"]][each["seed"]][each["way"]] = each["read"]
    whole = {
        name: {seed: ways for seed, ways in runs.items() if set(ways) == set(WAYS)}
        for name, runs in sorted(found.items())
    }
    summed = {name: [*table(name, runs)] for name, runs in whole.items() if runs}
    overall(summed, alone)
    screening_stops.report([run[WAYS[2]] for runs in whole.values() for run in runs.values()])


def table(name: str, runs: dict[int, dict[str, list[int]]]) -> Iterator[list[float]]:
    """Print a set's mean figures by way; yield them."""
    print(f"\n{name}, seeds {', '.join(map(str, sorted(runs)))}")
    for way in WAYS:
        figures = [measures.figures(each[way]) for each in runs.values()]
        row = [mean([getattr(each, key) for each in figures]) for key in KEYS]
        print(f"  {way:<20}" + "".join(f"{value:>9.4f}" for value in row))
        yield row


KEYS = ("loss", "recall_10", "wss_95")


def mean(values: Sequence[float]) -> float:
    """Return the mean."""
    return sum(values) / len(values)


def overall(summed: dict[str, list[list[float]]], alone: dict[str, list[int]]) -> None:
    """Print the means over sets, each set once, and on how many sets ours lost less."""
    print(f"\nmean over {len(summed)} sets       loss  recall@10%  WSS@95   sets won on loss")
    for at, way in enumerate(WAYS):
        rows = [each[at] for each in summed.values()]
        won = sum(each[at][0] < each[0][0] for each in summed.values())
        means = [mean([row[key] for row in rows]) for key in range(3)]
        print(f"  {way:<20}" + "".join(f"{each:>9.4f}" for each in means) + f"   {won}")
    figures = [measures.figures(alone[name]) for name in summed if name in alone]
    if len(figures) == len(summed):
        means = [mean([getattr(each, key) for each in figures]) for key in KEYS]
        won = sum(measures.loss(alone[name]) < each[0][0] for name, each in summed.items())
        print(
            f"  {'question alone':<20}" + "".join(f"{each:>9.4f}" for each in means) + f"   {won}"
        )


if __name__ == "__main__":
    main()
