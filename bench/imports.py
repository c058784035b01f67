"""How fast references are read beside the peers, and how much memory a huge file needs.

    python bench/imports.py --ris FILE --nbib FILE [--records 1000000] [--megabytes 200]

rispy and nbib are the peers; run it where they are installed (they are no part of Firsthand). All
read the same bytes in one process, by turns, and the best of several runs counts, in CPU seconds;
rispy reads them as a file opened as UTF-8, as its guide shows, nbib as text (so it takes it).
Ours finds out format and encoding and mends titles, names, DOIs and years; the peers do not. So it
is measured twice: each record with every field as it stands in the file, which is what rispy gives,
and with every part of a reference worked out too, which is what an import needs.
Memory is measured in a process of its own for each file.
"""

import argparse
import io
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from firsthand.evidence.formats import medline, ris_records
from firsthand.evidence.formats.decoding import Source
from firsthand.evidence.formats.reading import File, Format, Reference, read

RUNS = 7
_SAID = "people who were not believed said that waiting for help made everything harder to bear"
WORDS = _SAID.split()


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ris", type=Path, nargs="*", default=[])
    parser.add_argument("--nbib", type=Path, nargs="*", default=[])
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--megabytes", type=int, default=50)
    parser.add_argument("--one", type=Path, help="read one file and print its memory")
    args = parser.parse_args()
    if args.one:
        alone(args.one)
        return
    print(
        "records a CPU second       records  as they stand    ours    peer   stand/peer ours/peer"
    )
    with tempfile.TemporaryDirectory() as place:
        made = Path(place) / "made.ris"
        made.write_text("".join(records(5000)))
        for path in [*args.ris, made]:
            beside(f"RIS  {path.name}", path, rispy_count)
        for path in args.nbib:
            beside(f"nbib {path.name}", path, nbib_count)
        for count in (args.records // 100, args.records // 10, args.records):
            large(Path(place), count, 0)
        large(Path(place), 0, args.megabytes)


def beside(name: str, path: Path, peer: Callable[[bytes], int]) -> None:
    """Print how both do on one file, read as often as makes at least 1,000,000 bytes."""
    data = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    data = b"\n".join([data] * max(1, 1_000_000 // len(data)))
    stand: list[float] = []
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(RUNS):
        timed(lambda: fields_count(data, path.name), stand)
        count = timed(lambda: our_count(data, path.name), ours)
        other = timed(lambda: peer(data), theirs)
    plain, fast, slow = count / min(stand), count / min(ours), other / min(theirs)
    print(
        f"{name[:26]:<26}{count:>8}{plain:>15.0f}{fast:>8.0f}{slow:>8.0f}"
        f"{plain / slow:>13.2f}{fast / slow:>10.2f}",
        flush=True,
    )
    if other != count:
        print(f"  the peer finds {other} of {count}")


def timed(work: Callable[[], int], into: list[float]) -> int:
    begun = time.process_time()
    found = work()
    into.append(time.process_time() - begun)
    return found


def our_count(data: bytes, name: str) -> int:
    return sum(isinstance(each, Reference) for each in read(io.BytesIO(data), name))


def fields_count(data: bytes, name: str) -> int:
    """Only the fields of each record as they stand, in order."""
    file = File(io.BytesIO(data), name)
    parted = {Format.RIS: ris_records.records, Format.MEDLINE: medline.records}[file.format]
    return sum(isinstance(each, tuple) for each in parted(Source(io.BytesIO(data)).texts()))


def rispy_count(data: bytes) -> int:
    import rispy

    return len(rispy.load(io.TextIOWrapper(io.BytesIO(data), encoding="utf-8")))


def nbib_count(data: bytes) -> int:
    import nbib

    return len(nbib.read(data.decode()))


def records(count: int, begin: int = 0) -> Iterator[str]:
    """Yield made-up records of about 1.2 KB."""
    for number in range(begin, begin + count):
        turned = WORDS[number % 14 :] + WORDS[: number % 14]
        text = " ".join(turned)
        yield (
            f"TY  - JOUR\nID  - {number}\nTI  - {text.capitalize()} ({number})\n"
            + "".join(f"AU  - Beck{number % 97}{each}, I. B.\n" for each in range(5))
            + f"PY  - {1990 + number % 35}//\nT2  - Journal of Made-up Stories\n"
            f"VL  - {number % 60}\nIS  - {number % 12}\n"
            f"SP  - {number % 900}\nEP  - {number % 900 + 9}\n"
            f"DO  - https://doi.org/10.9999/made.{number}\nSN  - 1234-5679\n"
            f"AB  - {' '.join([text.capitalize() + '.'] * 8)}\n"
            + "".join(f"KW  - {word}\n" for word in turned[:5])
            + "LA  - en\nER  - \n\n"
        )


def large(place: Path, count: int, megabytes: int) -> None:
    """Write a file of so many records, or megabytes; print how long it takes, and memory."""
    path = place / "large.ris"
    with path.open("w") as out:
        number = 0
        while number < count or out.tell() < megabytes * 1_000_000:
            some = min(1000, count - number) if count else 1000
            out.writelines(records(some, number))
            number += some
    command = [sys.executable, __file__, "--one", str(path)]
    print(subprocess.run(command, check=True, capture_output=True, text=True).stdout, end="")
    path.unlink()


def alone(path: Path) -> None:
    """Read one file; print records, CPU time and the most memory this process ever had."""
    begun = time.process_time()
    with path.open("rb") as stream:
        count = sum(isinstance(each, Reference) for each in read(stream, path.name))
    took = time.process_time() - begun
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    size = path.stat().st_size / 1_000_000
    print(
        f"{count:>9,} records, {size:,.0f} MB: {took:.1f} s of CPU, at most {most:.0f} MB of memory"
    )


if __name__ == "__main__":
    main()
