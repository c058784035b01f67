"""A leaky bucket: each try fills it by one, and it leaks at a steady pace.

After J. Turner, "New directions in communications (or which way to the information age?)",
IEEE Communications Magazine 24(10), 1986; with a pause that doubles once the bucket is full.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Pace:
    """How many tries are `free`, how many seconds it takes until one is forgotten (`every`),
    and how long the pause after one more is: `first` seconds, then twice that, to `longest`."""

    free: int
    every: float
    first: float
    longest: float


def pause_after(level: float, pace: Pace) -> float:
    """Return the seconds to wait after a try that brought the bucket to `level`."""
    over = round(level) - pace.free  # whole tries: the thousandth that has leaked is no try
    return float(min(pace.longest, pace.first * 2**over)) if over >= 0 else 0.0


def wait_left(level: float, since: float, pace: Pace) -> float:
    """Return the seconds still to wait, `since` seconds after the last try."""
    return max(0.0, pause_after(level, pace) - max(since, 0.0))


def filled(level: float, since: float, pace: Pace, more: float = 1.0) -> float:
    """Return the level after one more try (or `more` of them), `since` seconds after the last.

    It stops 16 over, so that a long attack is forgotten nearly as soon as a short one.
    """
    leaked = max(0.0, level - max(since, 0.0) / pace.every)
    return min(leaked + more, pace.free + 16.0)
