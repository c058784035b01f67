"""A form that could not be taken is given back with everything in it, ready to send again.

The words go back to the browser they came from and nowhere else: never to a log, never to disk.
A form that another site made the browser send is not given back, so that nobody can put words
in someone's mouth and have them pressed through.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.http.request import QueryDict
from django.shortcuts import render

EXPIRED = (
    "This page had been open for a while, so we have to ask you to send it once more. "
    "What you typed is below. It has not been kept yet."
)
TROUBLE = (
    "Something went wrong on our side, so this may not have been kept. "
    "What you typed is below. Please send it once more; it will not be kept twice."
)
_SECRET = re.compile(r"pass|secret|receipt|recovery|credential|(^|_)(code|otp|pin)$", re.IGNORECASE)
_MACHINE = re.compile(r"(?=.*[\d_:-])[\w:.=/+-]{1,200}|", re.ASCII)  # ids, keys of choices, nothing
_CHOICE = re.compile(r"[a-z]{1,20}")  # a choice's key, or a word typed all small
_LONG = 60  # characters; beyond this a box of several lines


@dataclass(frozen=True)
class Lost:
    """One thing that was sent: its name, what was in it, and the kind of box to show it in."""

    name: str
    value: str
    kind: str

    @property
    def label(self) -> str:
        """The field's name as words."""
        return re.sub(r"[_\W]+", " ", self.name).strip().capitalize() or "What you typed"

    @property
    def rows(self) -> int:
        """How many lines the box needs, within reason."""
        return min(24, 3 + self.value.count("\n") + len(self.value) // _LONG)


def _kind(name: str, value: str, named_secret: bool) -> str:
    if named_secret or _SECRET.search(name):
        return "secret"
    if _MACHINE.fullmatch(value):
        return "hidden"
    if _CHOICE.fullmatch(value):
        return "choice"
    return "long" if len(value) > _LONG or "\n" in value else "line"


def _lost(sent: QueryDict, secret: object) -> list[Lost]:
    hide = set(secret) if isinstance(secret, list | tuple) else set()
    found = []
    for name, values in sent.lists():
        if name == "csrfmiddlewaretoken":
            continue
        for value in values:
            kind = _kind(name, str(value), secret == "__ALL__" or name in hide)  # noqa: S105
            found.append(Lost(name, "" if kind == "secret" else str(value), kind))
    return found


def _from_elsewhere(request: HttpRequest) -> bool:
    said = request.headers.get("Sec-Fetch-Site", "")
    if said:
        return said not in {"same-origin", "none"}
    origin = request.headers.get("Origin", "")
    return bool(origin) and urlsplit(origin).netloc != request.get_host()


def offer(request: HttpRequest, status: int, why: str) -> HttpResponse | None:
    """Return the page with the form in it, or None when nothing was typed or it is not ours."""
    if request.method != "POST" or _from_elsewhere(request):
        return None
    # Django's own mark, set by its decorator sensitive_post_parameters.
    lost = _lost(request.POST, getattr(request, "sensitive_post_parameters", None))
    if not any(one.kind != "hidden" for one in lost):
        return None
    # Keys of choices go along unseen, unless there is nothing else: then it may be what was typed.
    alone = all(one.kind in {"hidden", "choice"} for one in lost)
    seen = {"lost": lost, "show_choices": alone, "why": why, "files": list(request.FILES)}
    return render(request, "web/lost_form.html", seen, status=status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose one-time token is missing or old: give it back, with a fresh one."""
    from firsthand.web import errors  # errors gives lost forms back too

    return offer(request, 403, EXPIRED) or errors.page(request, 403)
