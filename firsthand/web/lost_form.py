"""A form that could not be taken is given back with everything in it, ready to send again.

The words go back to the browser they came from and nowhere else: never to a log, never to disk.
A form that another site made the browser send is not given back, so that nobody can put words
in someone's mouth and have them pressed through.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from firsthand.vault import uploads
from firsthand.web import boxes

EXPIRED = (
    "This page had been open for a while, so we have to ask you to send it once more. "
    "What you typed is below. It has not been kept yet."
)
TROUBLE = (
    "Something went wrong on our side, so this may not have been kept. "
    "What you typed is below. Please send it once more; it will not be kept twice."
)
_SECRET = re.compile(r"pass|secret|receipt|recovery|credential|(^|_)(code|otp|pin)$", re.IGNORECASE)
_MACHINE = re.compile(r"(?=.*[\d_:-])[\w:.=/+-]{1,200}", re.ASCII)  # ids, keys of choices
_CHOICE = re.compile(r"[a-z]{1,20}")  # a choice's key, or a word typed all small
_LONG = 60  # characters; beyond this a box of several lines


@dataclass(frozen=True)
class Lost:
    """One thing that was sent: its name, what was in it, and the kind of box to show it in."""

    name: str
    value: str
    kind: str
    called: str = ""

    @property
    def label(self) -> str:
        """What the box was called, or else the field's name as words."""
        named = re.sub(r"[_\W]+", " ", self.name).strip().capitalize()
        return self.called or named or "What you typed"

    @property
    def rows(self) -> int:
        """How many lines the box needs, within reason."""
        return min(24, 3 + self.value.count("\n") + len(self.value) // _LONG)


def _kind(name: str, value: str, named_secret: bool, called: str) -> str:
    if (named_secret or _SECRET.search(name)) and value:
        return "secret"
    if name in boxes.OURS or not value:
        return "hidden"
    if called:
        return "long" if _is_long(value) else "line"
    if _MACHINE.fullmatch(value):
        return "hidden"
    if _CHOICE.fullmatch(value):
        return "choice"
    return "long" if _is_long(value) else "line"


def _is_long(value: str) -> bool:
    return len(value) > _LONG or "\n" in value


def _lost(request: HttpRequest) -> list[Lost]:
    # Django's own mark, set by its decorator sensitive_post_parameters.
    secret = getattr(request, "sensitive_post_parameters", None)
    hide = set(secret) if isinstance(secret, list | tuple) else set()
    found = []
    for name, values in request.POST.lists():
        if name in ("csrfmiddlewaretoken", uploads.AGAIN):
            continue
        called = boxes.called(request, name)
        for value in map(str, values):
            kind = _kind(name, value, secret == "__ALL__" or name in hide, called)  # noqa: S105
            found.append(Lost(name, "" if kind == "secret" else value, kind, called))
    return found


def _from_elsewhere(request: HttpRequest) -> bool:
    said = request.headers.get("Sec-Fetch-Site", "")
    if said:
        return said not in {"same-origin", "none"}
    origin = request.headers.get("Origin", "")
    return bool(origin) and urlsplit(origin).netloc != request.get_host()


def offer(
    request: HttpRequest, status: int, why: str, *, signed_out: bool = False
) -> HttpResponse | None:
    """Return the page with the form in it, or None when nothing was typed or it is not ours.

    `signed_out`: they have to sign in again first, and type what is secret after that.
    """
    if request.method != "POST" or _from_elsewhere(request):
        return None
    lost = [one for one in _lost(request) if not (signed_out and one.kind == "secret")]
    files = uploads.boxes_of(request)
    if not files and not any(one.kind != "hidden" for one in lost):
        return None
    # Keys of choices go along unseen, unless there is nothing else: then it may be what was typed.
    alone = all(one.kind in {"hidden", "choice"} for one in lost)
    seen = {"lost": lost, "show_choices": alone, "why": why, "files": files}
    page = "web/ended.html" if signed_out else "web/lost_form.html"
    return render(request, page, seen, status=status)
