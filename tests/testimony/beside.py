"""A file checked by a small process of its own, which says what came of it and what it took.

The most memory a child has held is counted from before it became another program (getrusage(2)):
asked of the large process that runs the tests, it would tell that one's size.
"""

import json
import resource
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Checked:
    """`size`: bytes that were kept, None where the file was refused; `peak`: MB held at most."""

    size: int | None
    peak: float


def checked_beside(name: str, content: bytes) -> Checked:
    command = [sys.executable, "-m", "tests.testimony.beside", name]
    done = subprocess.run(command, cwd=ROOT, input=content, capture_output=True, check=True)
    return Checked(**json.loads(done.stdout))


def main() -> None:
    from firsthand.testimony.files import BadFile, checked

    try:
        size = len(checked(sys.argv[1], sys.stdin.buffer.read()).content)
    except BadFile:
        size = None
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(json.dumps({"size": size, "peak": peak}))


if __name__ == "__main__":
    main()
