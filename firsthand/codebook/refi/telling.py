"""What is told of a file that was read: put right, left out, or assumed; the same thing once."""

from dataclasses import dataclass

MENDED, LEFT_OUT, ASSUMED = "mended", "left out", "assumed"
KEPT = "kept"  # no page here shows it, and it is given back all the same
KINDS = (
    (LEFT_OUT, "Not brought in"),
    (KEPT, "Kept, but shown on no page here; it goes along when you take the project out"),
    (ASSUMED, "Taken to be so"),
    (MENDED, "Put right"),
)
_MOST = 5  # places named one by one


class Unreadable(ValueError):
    """This is no file of REFI-QDA, or it is not safe to open. The sentence says why."""


@dataclass(frozen=True, slots=True)
class Told:
    """One thing about a file, how often it was so, and the first places where."""

    kind: str
    said: str
    times: int
    where: tuple[str, ...]


class Telling:
    """Gathers what is to be told."""

    def __init__(self) -> None:
        self._places: dict[tuple[str, str], list[str]] = {}
        self._times: dict[tuple[str, str], int] = {}

    def mended(self, said: str, where: str = "") -> None:
        self._note(MENDED, said, where)

    def left_out(self, said: str, where: str = "") -> None:
        self._note(LEFT_OUT, said, where)

    def assumed(self, said: str, where: str = "") -> None:
        self._note(ASSUMED, said, where)

    def _note(self, kind: str, said: str, where: str) -> None:
        key = (kind, said)
        self._times[key] = self._times.get(key, 0) + 1
        places = self._places.setdefault(key, [])
        if where and len(places) < _MOST and where not in places:
            places.append(where)

    def all(self) -> tuple[Told, ...]:
        """Return everything in the order in which it was first met."""
        return tuple(
            Told(kind, said, self._times[kind, said], tuple(places))
            for (kind, said), places in self._places.items()
        )
