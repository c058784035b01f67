"""The public pages: the front page and what this site says about itself."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from firsthand.web.ended import csrf_failure as csrf_failure
from firsthand.web.errors import bad_request as bad_request
from firsthand.web.errors import forbidden as forbidden
from firsthand.web.errors import not_found as not_found
from firsthand.web.errors import server_error as server_error


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what this is and the three ways onward. Asks the database nothing."""
    return render(request, "web/home.html")


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Say who this is for and what it does with what it is told."""
    return render(request, "web/about.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Say in plain words what is kept, who can read it, and what we cannot protect against."""
    return render(request, "web/privacy.html", {"minutes": settings.FIRSTHAND_QUIET_MINUTES})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say how well these pages work for disabled people, and what does not work yet."""
    return render(request, "web/accessibility.html")


@require_safe
def help_now(request: HttpRequest) -> HttpResponse:
    """List who is there for someone who needs help now."""
    return render(request, "web/help.html")
