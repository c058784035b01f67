"""De-duplication: how good on labelled sets, how fast and how large on many, beside bib-dedupe.

    .venv/bin/python bench/dedupe.py SETS [--peer PYTHON] [--sizes 20000 80000]

SETS is a folder of labelled sets, each a folder with `records_pre_merged.csv` and
`merged_record_ids.csv`. PYTHON is the interpreter of an environment with bib-dedupe installed.
CPU time is that of one process, from parsed table to groups; memory is the process' peak. The many
records are made from the sets: titles are put together from two, places and identifiers drawn
anew, three in ten repeated as another database would write them.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

from firsthand.methods.dedupe import Index, Report, find, tables
from firsthand.methods.dedupe.measuring import Measured, lines, measured
from firsthand.methods.dedupe.scoring import added, score

REPEATED = 0.3
ADDED, TO = 1_000, 50_000
PEER = r"""
import json, os, sys, time, resource
import pandas as pd
os.environ["TQDM_DISABLE"] = "1"
from bib_dedupe.bib_dedupe import block, match, merge, prep
table = pd.read_csv(sys.argv[1], dtype=str, keep_default_na=False)
def cpu():
    mine, others = (resource.getrusage(x) for x in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return mine.ru_utime + mine.ru_stime + others.ru_utime + others.ru_stime
begun = cpu()
ready = prep(table, cpu=1)
matched = match(block(ready, cpu=1), cpu=1)
merge(table, matched_df=matched)
print(json.dumps({"cpu": cpu() - begun, "records": len(table)}))
"""


def main() -> None:
    """Print all figures."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("sets", type=Path)
    asked.add_argument("--peer", help="Python of an environment with bib-dedupe")
    asked.add_argument("--sizes", type=int, nargs="*", default=[20_000, 80_000])
    asked.add_argument("--only", type=int, help="(one size, in a process of its own)")
    args = asked.parse_args()
    if args.only:
        print(json.dumps(one_size(args.sets, args.only)))
        return
    sets(args.sets, args.peer)
    many(args.sets, args.sizes)
    growing(args.sets)


def places(folder: Path) -> list[Path]:
    """The sets, in order of the alphabet."""
    return sorted(each.parent for each in folder.glob("*/merged_record_ids.csv"))


def read(place: Path) -> tuple[tuple[Report, ...], tuple[tuple[str, ...], ...]]:
    """The records and the true groups of one set."""
    raw = tables.decoded((place / "records_pre_merged.csv").read_bytes())
    reports = tables.records(raw, place.name).reports
    text = tables.decoded((place / "merged_record_ids.csv").read_bytes())
    return reports, tables.truth(text, place.name, {each.id: each for each in reports}).groups


def sets(folder: Path, peer: str | None) -> None:
    """Each labelled set, then all of them as one."""
    results: list[Measured] = []
    for place in places(folder):
        reports, groups = read(place)
        begun = time.process_time()
        found = find(reports)
        took = 1000 * (time.process_time() - begun) / len(reports)
        results.append(measured(reports, groups, found))
        print(f"\n{place.name}\n  " + "\n  ".join(lines(results[-1])))
        print(f"  CPU: {took:.3f} ms a record")
        if peer:
            theirs = their_cpu(peer, place)
            print(f"  bib-dedupe: {theirs:.2f} ms a record, {theirs / took:.0f} times as much")
    every = [
        ("merged by itself, record level", [each.automatic.records for each in results]),
        ("merged by itself, pairs", [each.automatic.pairs for each in results]),
        ("with a person's answers", [each.reviewed.records for each in results]),
    ]
    print()
    for name, counts in every:
        total = added(counts)
        print(f"all sets, {name}: recall {total.recall:.5f}, wrong {total.fp}, missed {total.fn}")
    pairs = sum(each.asked for each in results)
    print(
        f"all sets, pairs for a person: {pairs} of {sum(each.records for each in results)} records"
    )


def their_cpu(peer: str, place: Path) -> float:
    """Milliseconds of CPU a record that the peer takes."""
    table = str(place / "records_pre_merged.csv")
    done = subprocess.run([peer, "-c", PEER, table], capture_output=True, text=True, check=True)
    told = json.loads(done.stdout.strip().splitlines()[-1])
    return float(1000 * told["cpu"] / told["records"])


def many(folder: Path, sizes: list[int]) -> None:
    """Made-up records in several sizes, each in a process of its own."""
    for size in sizes:
        command = [sys.executable, __file__, str(folder), "--only", str(size)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        print(f"\n{size:,} made-up records: {done.stdout.strip()}")


def one_size(folder: Path, size: int) -> dict[str, float]:
    """CPU seconds, memory and how right it was on so many made-up records."""
    reports, groups = made_up(folder, size)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    begun = time.process_time()
    found = find(reports)
    took = time.process_time() - begun
    links = [(each.first, each.second) for group in found.groups for each in group.merges]
    right = score([each.id for each in reports], groups, links).records
    return {
        "cpu_seconds": round(took, 2),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "of_which_the_records_mb": round(before),
        "recall": round(right.recall or 0, 4),
        "wrong": right.fp,
        "pairs_for_a_person": len(found.pairs),
    }


def growing(folder: Path) -> None:
    """Adding a new search to an old review, beside doing all of it again."""
    reports, _ = made_up(folder, TO + ADDED)
    begun = time.process_time()
    index = Index(reports[:TO])
    middle = time.process_time()
    index.add(reports[TO:])
    end = time.process_time()
    again = middle - begun
    find(reports)
    full = time.process_time() - end
    print(
        f"\nadding {ADDED:,} to {TO:,}: {end - middle:.3f} s of CPU, "
        f"{100 * (end - middle) / full:.1f} % of a full run of {full:.2f} s "
        f"(the index took {again:.2f} s to build)"
    )


def made_up(folder: Path, size: int) -> tuple[list[Report], list[tuple[str, ...]]]:
    """So many records and their true groups; the same for the same size."""
    dice = np.random.default_rng(size)
    known = [each for place in places(folder) for each in read(place)[0] if len(each.title) > 30]
    reports: list[Report] = []
    groups: list[tuple[str, ...]] = []
    while len(reports) < size:
        first = original(dice, known, len(reports))
        reports.append(first)
        if dice.random() < REPEATED / (1 - REPEATED) and len(reports) < size:
            again = repeated(dice, first, len(reports))
            reports.append(again)
            groups.append((first.id, again.id))
    order = dice.permutation(len(reports))
    return [reports[at] for at in order], groups


def original(dice: np.random.Generator, known: list[Report], number: int) -> Report:
    """A record that nobody wrote: two titles halved, a place and an identifier drawn."""
    one, two, three = (known[at] for at in dice.integers(0, len(known), 3))
    mine, theirs = one.title.split(), two.title.split()
    words = one.abstract.split()
    cut = int(dice.integers(0, len(words) or 1))
    first = int(dice.integers(1, 3000))
    return Report(
        id=f"m{number}",
        authors=three.authors,
        year=int(dice.integers(1980, 2026)),
        title=" ".join([*mine[: len(mine) // 2 + 1], *theirs[len(theirs) // 2 :]]),
        container=three.container,
        volume=str(dice.integers(1, 90)),
        issue=str(dice.integers(1, 12)),
        pages=f"{first}-{first + int(dice.integers(1, 15))}",
        abstract=" ".join(words[cut:] + words[:cut]),
        doi=f"10.{dice.integers(1000, 9999)}/x.{number}" if dice.random() < 0.6 else "",
    )


def repeated(dice: np.random.Generator, first: Report, number: int) -> Report:
    """The same report as another database writes it."""
    title, at = first.title, int(dice.integers(1, len(first.title) - 1))
    changed = [title.upper(), title + ".", f"[{title}]", title[:at] + title[at + 1 :], title]
    fields = {
        "doi": "",
        "abstract": "",
        "issue": "",
        "pages": first.pages.partition("-")[0],
        "authors": tuple(each.partition(",")[0] for each in first.authors),
    }
    lost = {name: value for name, value in fields.items() if dice.random() < 0.4}
    return replace(first, id=f"m{number}", title=changed[dice.integers(0, len(changed))], **lost)


if __name__ == "__main__":
    main()
