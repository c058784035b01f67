"""What a person sees when a page cannot be shown: plain words, what to do, never a code alone."""

from dataclasses import dataclass

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from firsthand.web import lost_form


@dataclass(frozen=True)
class Words:
    """A page's heading and its paragraphs."""

    title: str
    said: tuple[str, ...]


PAGES = {
    400: Words(
        "We could not understand that",
        ("Something in what your browser sent did not make sense to us. It may not be your doing.",
         "Go back and try once more. What you typed may still be there."),
    ),
    403: Words(
        "This page is not open to you",
        ("You may need to sign in, or this may belong to someone else.",),
    ),
    404: Words(
        "There is no page here",
        ("The address may have a slip in it, or the page may have gone.",
         "If you were telling us something, it is safe. Use “Come back” to find it."),
    ),
    413: Words(
        "That is more than we can take at once",
        ("Go back in your browser. What you typed should still be there.",
         "Try sending fewer or smaller files, or tell it in two parts."),
    ),
    429: Words(
        "Please wait a little",
        ("There have been many tries in a short time, so we have slowed things down. "
         "This keeps people from guessing their way in.",
         "Wait a minute, then go back and try again. Nothing has been locked or lost."),
    ),
    500: Words(
        "Something went wrong on our side",
        ("This is our fault, not yours. What was kept before this is still safe.",
         "Please try again in a few minutes."),
    ),
    503: Words(
        "We cannot do that just now",
        ("The site is very busy or being looked after. What was kept before this is still safe.",
         "Please try again in a few minutes."),
    ),
}  # fmt: skip
CHANGED = Words(
    "Something here was changed",
    ("This was changed from outside, by someone who should not have been able to. So we will not "
     "open it: it may not say what was written.",
     "You did nothing wrong. Whoever looks after this site has been told that this happened, but "
     "not what it says. They may be able to put back how it was before."),
)  # fmt: skip
MOVED_ON = Words(
    "This has just changed",
    ("It was changed somewhere else at the same moment. Go back, look at how it is now, and try "
     "once more.",),
)  # fmt: skip
_WAIT = {429: "60", 503: "120"}  # seconds, said to the browser

_LAST_RESORT = (
    b"<!doctype html><html lang=en-GB><title>Something went wrong</title>"
    b"<h1>Something went wrong on our side</h1><p>This is our fault, not yours. "
    b"Please try again in a few minutes.</p>"
    b"<p>In danger now? Call 999. To talk to someone, call 116 123.</p>"
    b'<p><a href="/exit">Exit this page</a></p></html>'
)


def page(request: HttpRequest | None, status: int, sentence: str = "") -> HttpResponse:
    """Return the page for `status`; `sentence` takes the place of its first paragraph."""
    words = PAGES[status]
    said = (sentence, *words.said[1:]) if sentence else words.said
    answer = _answer(request, Words(words.title, said), status)
    if status in _WAIT:
        answer["Retry-After"] = _WAIT[status]
    return answer


def changed(request: HttpRequest) -> HttpResponse:
    """Answer that something sealed is not as it was left, and so was not opened."""
    return _answer(request, CHANGED, 500)


def moved_on(request: HttpRequest) -> HttpResponse:
    """Answer that something changed while it was being changed here."""
    return _answer(request, MOVED_ON, 409)


def _answer(request: HttpRequest | None, words: Words, status: int) -> HttpResponse:
    seen = {"words": words, "said": words.said, "status": status}
    return render(request, "web/error.html", seen, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 400, or 413 when what was sent was too much."""
    too_much = RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent
    return page(request, 413 if isinstance(exception, too_much) else 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 403."""
    return page(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404, with no hint of whether something was ever there."""
    return page(request, 404)


def too_many(request: HttpRequest, sentence: str = "") -> HttpResponse:
    """Answer 429: try again in a minute."""
    return page(request, 429, sentence)


def unavailable(request: HttpRequest) -> HttpResponse:
    """Answer 503, giving back what was typed."""
    return lost_form.offer(request, 503, lost_form.TROUBLE) or page(request, 503)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500, giving back what was typed; asks nothing that may be broken too."""
    try:
        return lost_form.offer(request, 500, lost_form.TROUBLE) or page(None, 500)
    except Exception:  # whatever broke the page may break this one: say it without templates
        return HttpResponse(_LAST_RESORT, status=500)
