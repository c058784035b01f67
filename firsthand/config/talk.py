"""How commands talk: plain sentences, progress on what is long, a clear word when they stop."""

import getpass
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Stop(Exception):
    """The command cannot go on. The sentence says why and what to do."""

    def __init__(self, sentence: str, code: int = 1) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code


def say(sentence: str = "") -> None:
    """Print a line for the person at the keyboard."""
    print(sentence, flush=True)


@contextmanager
def step(what: str) -> Iterator[None]:
    """Say what is being done, and how long it took once it is done."""
    print(f"  {what} …", end="", flush=True)
    begun = time.monotonic()
    try:
        yield
    except BaseException:
        print(" stopped.", flush=True)
        raise
    print(f" done ({time.monotonic() - begun:.1f} s)", flush=True)


class Progress:
    """A line that shows how far something has come; silent where nobody is watching."""

    def __init__(self, what: str, total: int) -> None:
        self.what, self.total, self.done = what, max(total, 1), 0
        self._shown = -1

    def add(self, amount: int) -> None:
        """Say that `amount` more of `total` is done."""
        self.to(self.done + amount)

    def to(self, done: int) -> None:
        """Say how much of `total` is done by now."""
        self.done = done
        percent = min(100, self.done * 100 // self.total)
        if percent != self._shown and sys.stderr.isatty():
            print(f"\r  {self.what}: {percent} %", end="", file=sys.stderr, flush=True)
        self._shown = percent

    def end(self) -> None:
        """Leave the line as it stands and go to the next."""
        if self._shown >= 0 and sys.stderr.isatty():
            print(file=sys.stderr, flush=True)


def ask(what: str) -> str:
    """Ask for a secret without showing it."""
    if not sys.stdin.isatty():
        raise Stop(f"{what}: there is nobody here to ask.")
    return getpass.getpass(f"{what}: ")


def ask_twice(what: str) -> str:
    """Ask for a new secret twice, so that a slip does not lock everything for good."""
    first = ask(what)
    if ask("The same once more") != first:
        raise Stop("The two were not the same. Nothing was done.")
    return first
