"""Looking everywhere, and saying what was found."""

from collections.abc import Iterable

from firsthand.access import anchors
from firsthand.config.checkup import choices, keeping, machine
from firsthand.config.checkup.finding import Finding
from firsthand.config.talk import say


def findings() -> list[Finding]:
    """Return all that is found, what is unsafe first."""
    found = [each for look in (*choices.LOOKS, *machine.LOOKS) for each in look()]
    unshaped = list(keeping.shape())
    found += unshaped or [each for look in keeping.LOOKS for each in look()]
    return sorted(found, key=lambda each: not each.unsafe)


def look_over() -> int:
    """Say what was found; return 1 when something is unsafe."""
    found = findings()
    _say("UNSAFE", (each for each in found if each.unsafe))
    _say("Worth knowing", (each for each in found if not each.unsafe))
    if any(each.unsafe for each in found):
        return 1
    anchors.write()
    say("Nothing unsafe was found." if found else "All is well.")
    return 0


def _say(title: str, found: Iterable[Finding]) -> None:
    for each in found:
        say(f"{title}: {each.what}")
        say(f"    To mend it: {each.mend}\n")
