"""Leaving at once, and staying a little longer."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

# What the browser holds of this site: its kept pages, its cookies, its storage.
CLEAR = '"cache", "cookies", "storage"'


@csrf_exempt  # whoever wants out gets out; the worst a stranger can do with it is end a sitting
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """End the sitting and go somewhere ordinary. A POST, from the script, needs no page back."""
    request.session.flush()
    away = HttpResponseRedirect(settings.FIRSTHAND_EXIT_URL)
    answer = HttpResponse(status=204) if request.method == "POST" else away
    answer["Clear-Site-Data"] = CLEAR
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


@require_safe
def stay(request: HttpRequest) -> HttpResponse:
    """Say that the person is still here; 410 when the sitting has ended.

    Reading the sitting is what moves its end on; nothing of it is written, so that this can
    never overtake a form being sent at the same moment.
    """
    return HttpResponse(status=410 if request.session.is_empty() else 204)
