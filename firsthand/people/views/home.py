"""Where signing in lands, by role, and the simple page of those who have no workbench yet."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_safe

from firsthand.people import actions, pending, queries, rules
from firsthand.people.models import User
from firsthand.people.sittings import own_keys
from firsthand.people.views import recovery
from firsthand.people.views.asking import user_of

_PLACES = {
    rules.PERSON: "testimony:mine",
    rules.ADVOCATE: "repair:inbox",
    rules.RESPONDER: "repair:inbox",
    rules.STEWARD: "people:steward",
}


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Go on to what is still to be done about the sign-in, or else to the role's own page."""
    user = user_of(request)
    if pending.passphrase_is_lost(request):
        return redirect("people:lost_new")
    if recovery.is_offered(request):
        return redirect("people:recovery_key")
    if user.is_staff_role and not queries.has_two_steps(user):
        return redirect("mfa_index")
    pending.admit(request, user)
    actions.settle(user)
    if own_keys(request) is None:
        return redirect("people:closed")
    return redirect(_place_of(user))


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Show researchers and coordinators what there is for them."""
    return render(request, "people/desk.html", {"user": user_of(request)})


def _place_of(user: User) -> str:
    try:
        return reverse(_PLACES.get(user.role, "people:desk"))
    except NoReverseMatch:  # a site without that capability
        return reverse("people:own")
