"""De-duplication on Spark beside one machine: the same outcomes, and what it costs.

    SPARK_MASTER='local[2]' python bench/dedupe_spark.py SETS [--size 80000]

SETS is a folder of labelled sets (see `bench/dedupe.py`), of which so many records are made. Run it
where `firsthand[spark]` is installed.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from dedupe import made_up

from firsthand.config import spark
from firsthand.evidence import spark_dedupe
from firsthand.methods.dedupe import find


def main() -> None:
    """Print both, and whether they agree."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("sets", type=Path)
    asked.add_argument("--size", type=int, default=80_000)
    args = asked.parse_args()
    reports, _ = made_up(args.sets, args.size)
    begun = time.process_time()
    here = find(reports)
    print(f"{args.size:,} records, one machine: {time.process_time() - begun:.1f} s of CPU")
    with tempfile.TemporaryDirectory() as held:
        clock = time.monotonic()
        there = spark_dedupe.found(spark.in_order(reports, Path(held) / "records.parquet"))
        clock = time.monotonic() - clock
    spark.session().stop()
    print(f"Spark, start included: {clock:.0f} s; {'the same' if here == there else 'DIFFERENT'}")


if __name__ == "__main__":
    main()
