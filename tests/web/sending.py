"""What a browser would send of a page's form: what is seen in its boxes, and what is hidden."""

import threading
from collections.abc import Callable
from html.parser import HTMLParser

from django.db import connection
from django.http import HttpResponse


class _Form(HTMLParser):
    """The fields of a page's last form; boxes to type in apart."""

    def __init__(self) -> None:
        super().__init__()
        self.boxes: dict[str, str] = {}
        self.unseen: dict[str, str] = {}
        self.files: list[str] = []
        self.labels: list[str] = []
        self._open = ""
        self._labelled = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        self._labelled = tag == "label"
        if tag == "form":
            self.boxes, self.unseen, self.files, self.labels = {}, {}, [], []
        elif tag == "textarea":
            self._open = said["name"]
            self.boxes[self._open] = ""
        elif tag == "input":
            self._input(said.get("type", "text"), said.get("name", ""), said.get("value", ""))

    def _input(self, kind: str, name: str, value: str) -> None:
        if kind == "file":
            self.files.append(name)
        elif kind == "hidden":
            self.unseen[name] = value
        elif kind in ("text", "password"):
            self.boxes[name] = value

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._open:
            self.boxes[self._open] = self.boxes[self._open].removeprefix("\n")
            self._open = ""
        self._labelled = False

    def handle_data(self, data: str) -> None:
        if self._open:
            self.boxes[self._open] += data
        elif self._labelled:
            self.labels.append(data.strip())


def form_on(page: HttpResponse) -> _Form:
    """Return the last form of a page, its line breaks as browsers have them."""
    form = _Form()
    form.feed(page.content.decode().replace("\r\n", "\n"))
    form.close()
    return form


def sent_from(page: HttpResponse, **more: object) -> dict[str, object]:
    """Return what pressing the button would send, with `more` typed or chosen."""
    form = form_on(page)
    given = {**form.unseen, **form.boxes}
    return {name: value.replace("\n", "\r\n") for name, value in given.items()} | more


def at_once(press: Callable[[], int], times: int = 2) -> list[int]:
    """Press a button several times at the same moment, each time in a thread of its own."""
    ready, seen = threading.Barrier(times), []

    def pressed() -> None:
        ready.wait()
        try:
            seen.append(press())
        finally:
            connection.close()

    threads = [threading.Thread(target=pressed) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seen
